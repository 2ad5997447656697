// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows memory from dma_alloc_coherent(), through fields and helpers, to functions
 * that need its struct page.
 */
#include "rules/common/memory-kind.h"

struct streaming_check {
	struct memory_kind coherent;
	struct memory_uses uses;
};

/* Memory of dma_alloc_noncoherent() and dma_alloc_pages() may be mapped. */
static bool gives_coherent(const struct scan *s, const struct op *op)
{
	const struct api_function *api = scan_api(s, op, API_ALLOC);

	return api && (api_in_family(api, "attrs") ||
		       api_in_family(api, "managed"));
}

static void report_streaming_use(const struct scan *s, const struct op *op,
				 const struct memory_origin *origin,
				 const struct memory_origin *use)
{
	const struct view *from = &origin->v;
	const char *name = view_str(from, view_op(from, origin->op)->spelling);
	struct location loc = view_location(from, view_op(from, origin->op));
	struct finding *f =
		scan_report(s, op, "%s() is called on memory from %s(), which may have no struct page",
			    view_str(&s->v, op->spelling), name);

	finding_step(f, &loc, "memory comes from %s()", name);
	memory_use_step(f, s, op, use);
}

static void check_streaming_use(const struct scan *s, const struct op *op,
				void *data)
{
	const struct streaming_check *check = data;
	struct memory_origin origin, use;
	int i;

	for (i = 0; op->kind == OP_CALL && i < op->nr_args; i++)
		if (memory_is_used(&check->uses, s, op, i, &use) &&
		    memory_kind_is(&check->coherent, s, scan_number(s, op), i,
				   &origin))
			report_streaming_use(s, op, &origin, &use);
}

static void check_coherent_ptr_to_streaming(struct rule_run *run)
{
	struct streaming_check check = { .uses = MEMORY_USES_INIT };

	memory_kind_init(&check.coherent, run, gives_coherent);
	memory_uses_find(&check.uses, run);
	scan_each_op(run, check_streaming_use, &check);
	memory_kind_release(&check.coherent);
	memory_uses_release(&check.uses);
}

const struct rule coherent_ptr_to_streaming_rule = {
	.id = "coherent-ptr-to-streaming",
	.level = LEVEL_ERROR,
	.summary = "coherent memory is mapped again or converted to pages",
	.explanation =
"The pointer that dma_alloc_coherent() and its kin return need not be in the\n"
"linear mapping: on a non-coherent device it is a vmalloc address, the memory\n"
"may come from a pool without struct pages, and with\n"
"DMA_ATTR_NO_KERNEL_MAPPING it is an opaque cookie. virt_to_page(),\n"
"virt_to_phys(), sg_set_buf() and dma_map_single() return garbage for such a\n"
"pointer. Besides, the memory is mapped already: its DMA address came with\n"
"the allocation.\n"
"\n"
"Memory from dma_alloc_pages() and dma_alloc_noncoherent() may be mapped.\n"
"\n"
"Use the DMA address of the allocation; call dma_get_sgtable() for an\n"
"sg_table of it, or dma_mmap_coherent() to map it to user space; or allocate\n"
"pages and map them.\n"
"\n"
"See kernel/dma/mapping.c, the comment above dma_get_sgtable_attrs(), and\n"
"Documentation/core-api/dma-api-howto.rst, \"What memory is DMA'able?\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.check = check_coherent_ptr_to_streaming,
};

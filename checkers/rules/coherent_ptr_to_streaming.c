// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/scan.h"

#include "flow/flow.h"
#include "lib/alloc.h"

/* What takes a pointer for one into the kernel's own mapping of all RAM. */
static const char *const linear[] = { "virt_to_page", "virt_to_head_page",
	"virt_to_folio", "virt_to_phys", "virt_to_pfn", "__pa", "sg_set_buf",
	"sg_init_one", NULL };

struct streaming_check {
	struct rule_run *run;
	struct flow_call *allocs;
	size_t nr, alloc;
	struct intern_pool assigned, mixed;	/* fields and globals */
};

/* Memory of dma_alloc_noncoherent() and dma_alloc_pages() may be mapped. */
static bool gives_coherent(const struct api_function *api)
{
	return api_in_family(api, "attrs") || api_in_family(api, "managed");
}

static void add_coherent_alloc(const struct flow_call *call, void *data)
{
	struct streaming_check *check = data;

	if (!gives_coherent(call->api))
		return;
	ALLOC_GROW(check->allocs, check->nr + 1, check->alloc);
	check->allocs[check->nr++] = *call;
}

static bool is_linear(const char *name)
{
	size_t i;

	for (i = 0; linear[i]; i++)
		if (!strcmp(linear[i], name))
			return true;
	return false;
}

static bool is_kept(const struct place *p)
{
	return p->kind == PLACE_FIELD || p->kind == PLACE_STATIC ||
	       p->kind == PLACE_GLOBAL;
}

static bool is_coherent_alloc(const struct scan *s, const struct place *p)
{
	const struct api_function *api;

	if (p->kind != PLACE_CALL)
		return false;
	api = scan_api(s, view_op(&s->v, p->number), API_ALLOC);
	return api && gives_coherent(api);
}

/* Whether the value at op `at` is such memory, whatever the branch. */
static bool is_coherent(const struct streaming_check *check,
			const struct scan *s, struct value value, uint32_t at,
			unsigned int depth)
{
	uint32_t place = view_only_place(&s->v, value), last;
	const struct place *p;
	uint64_t bits;

	if (place == NO_PLACE)
		return view_constant(&s->v, value, &bits) && depth;
	p = view_place(&s->v, place);
	if (is_coherent_alloc(s, p))
		return true;
	last = scan_last_assigned(s, place, at);
	if (depth < 3 && last < s->v.fn->nr_ops &&
	    view_is_within(&s->v, view_op(&s->v, at)->branch,
			       view_op(&s->v, last)->branch))
		return is_coherent(check, s, view_op(&s->v, last)->value, last,
				   depth + 1);
	/* Nothing but such memory is ever put there in the module. */
	return is_kept(p) && scan_has_kept(s, place, &check->assigned) &&
	       !scan_has_kept(s, place, &check->mixed);
}

static void find_assigned(const struct scan *s, const struct op *op, void *data)
{
	struct streaming_check *check = data;

	if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
	    is_kept(view_place(&s->v, op->dst)) &&
	    view_place(&s->v, op->dst)->is_pointer)
		scan_add_kept(s, op->dst, &check->assigned);
}

/* Fields and globals that hold memory of another kind, too. */
static void find_mixed(const struct scan *s, const struct op *op, void *data)
{
	struct streaming_check *check = data;

	if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
	    is_kept(view_place(&s->v, op->dst)) &&
	    view_place(&s->v, op->dst)->is_pointer &&
	    !is_coherent(check, s, op->value, scan_number(s, op), 1))
		scan_add_kept(s, op->dst, &check->mixed);
}

static bool is_always_coherent(const struct streaming_check *check,
			       const struct flow_call *use, int pointer)
{
	const struct scan s = { .run = check->run, .v = use->v };
	struct value value = view_arg(&s.v, use->op, pointer);
	uint32_t i;

	/* Of an address that is computed, what it is computed from. */
	for (i = 0; i < value.nr; i++) {
		struct value one = { value.first + i, 1 };

		if (view_term(&s.v, value, i)->kind == TERM_PLACE &&
		    is_coherent(check, &s, one, use->number, 0))
			return true;
	}
	return false;
}

static void check_streaming_use(const struct flow_call *use, void *data)
{
	struct streaming_check *check = data;
	const struct api_function *api = use->api;
	int pointer;
	size_t i;

	if (api->roles & API_SINK ?
	    strcmp(api->name, "dma_map_single_attrs") :
	    !is_linear(use->spelling) || !api->nr_transfers)
		return;
	pointer = api->roles & API_SINK ? api->memory.arg :
		  api->transfers[0].from.arg;
	if (!is_always_coherent(check, use, pointer))
		return;
	for (i = 0; i < check->nr; i++) {
		const struct flow_call *alloc = &check->allocs[i];

		if (strcmp(alloc->module, use->module) ||
		    !flow_same_memory(check->run->calls, alloc, API_RETURN,
				      use, pointer))
			continue;
		finding_step(rule_report(check->run, &use->loc, use->module,
					 "%s() is called on memory from %s(), which may have no struct page",
					 use->spelling, alloc->spelling),
			     &alloc->loc, "memory comes from %s()",
			     alloc->spelling);
		return;
	}
}

static void check_coherent_ptr_to_streaming(struct rule_run *run)
{
	struct streaming_check check = { .run = run };
	uint32_t before;

	scan_each_op(run, find_assigned, &check);
	do {
		before = check.mixed.nr;
		scan_each_op(run, find_mixed, &check);
	} while (check.mixed.nr > before);
	flow_each_call(run->calls, API_ALLOC, add_coherent_alloc, &check);
	flow_each_call(run->calls, API_SINK | API_TRANSFER, check_streaming_use,
		       &check);
	free(check.allocs);
	intern_release(&check.assigned);
	intern_release(&check.mixed);
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

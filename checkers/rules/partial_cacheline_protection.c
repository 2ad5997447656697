// SPDX-License-Identifier: GPL-2.0-only
/* Looks for loops that queue parts of one buffer, and at the declaration of it. */
#include "rules/common/dma-buffer.h"

/* The largest ARCH_DMA_MINALIGN. */
#define DMA_MINALIGN 128

static const char *const names[] = { "virtqueue_add_inbuf",
	"virtqueue_add_inbuf_ctx", "virtqueue_add_inbuf_cache_clean", NULL };

/* Whether its struct keeps other members out of its cache lines. */
static bool is_declared(const struct dma_buffer *b)
{
	char *text = dma_buffer_text(b);
	bool yes = text && dma_buffer_is_grouped(text);

	free(text);
	return yes;
}

static bool is_element(const struct dma_buffer *b)
{
	return (b->detail->flags & DETAIL_ADDRESS) &&
	       (b->detail->flags & DETAIL_ELEMENT) &&
	       (!b->size || b->size % DMA_MINALIGN);
}

#define ONE_BY_ONE "buffers that share cache lines are queued one by one without virtqueue_add_inbuf_cache_clean()"

/* Whether a loop changes its pointer only by p += size, which facts do not have. */
static bool is_advanced(const struct scan *s, uint32_t place)
{
	const struct place *p = view_place(&s->v, place);
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    scan_loop(s, op->branch))
			return false;
	}
	return p->kind == PLACE_LOCAL && p->is_pointer &&
	       p->carry == CARRY_POINTER;
}

/* A helper queues parts of one memory that a loop passes to it. */
static bool is_piecemeal(const struct dma_buffer *b)
{
	uint32_t place = view_only_place(&b->s->v, view_arg(&b->s->v, b->op, 1));
	struct scan caller = *b->s;
	const struct place *p;
	uint32_t i;

	if (b->how != BUFFER_QUEUED || place == NO_PLACE)
		return false;
	p = view_place(&b->s->v, place);
	if (p->kind != PLACE_PARAM)
		return false;
	caller.v.fn = NULL;
	while (view_next_function(&caller.v)) {
		for (i = 0; i < caller.v.fn->nr_ops; i++) {
			const struct op *op = view_op(&caller.v, i);
			uint32_t passed;

			if (!scan_loop(&caller, op->branch) ||
			    strcmp(scan_callee_key(&caller, op),
				   view_str(&b->s->v, b->s->v.fn->key)))
				continue;
			passed = view_only_place(&caller.v,
				view_arg(&caller.v, op, (int)p->number));
			if (passed != NO_PLACE && is_advanced(&caller, passed))
				return true;
		}
	}
	return false;
}

static void report_partial_protection(const struct dma_buffer *b, void *data)
{
	const struct op *op = b->queue ? b->queue : b->op;

	(void)data;
	if (is_piecemeal(b))
		scan_report(b->s, b->op, ONE_BY_ONE);
	else if (!is_element(b))
		return;
	else if (b->how == BUFFER_QUEUED && b->in_loop)
		scan_report(b->s, op, ONE_BY_ONE);
	else if (b->how == BUFFER_QUEUED_CLEAN && b->field && !is_declared(b))
		scan_report(b->s, op, "the array is queued as cache-clean but shares cache lines with other members of its struct");
}

static void check_partial_cacheline_protection(struct rule_run *run)
{
	dma_buffer_each(run, report_partial_protection, NULL);
}

const struct rule partial_cacheline_protection_rule = {
	.id = "partial-cacheline-protection",
	.level = LEVEL_WARNING,
	.summary = "buffers in flight share cache lines without declaring it",
	.explanation =
"The elements of an array are all queued for the device at once, and several\n"
"share a cache line (up to 128 bytes for DMA). When the first one completes,\n"
"the CPU reads it, and may write to it, while the device still writes to its\n"
"neighbours in the same line: on a non-coherent device one of the two writes\n"
"is lost. dma-debug warns about the overlap.\n"
"\n"
"If the CPU writes to no element while others are in flight, queue all of\n"
"them with virtqueue_add_inbuf_cache_clean(), which passes\n"
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES, and put the array between\n"
"__dma_from_device_group_begin() and __dma_from_device_group_end(), or into a\n"
"separate allocation. Otherwise give each element cache lines of its own: pad\n"
"it, or allocate it separately. All mappings that share a line must have the\n"
"attribute, or none.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst,\n"
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES, and\n"
"Documentation/core-api/dma-api-howto.rst.\n",
	.needs_attr = "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_partial_cacheline_protection,
};

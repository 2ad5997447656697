// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/scan.h"

static const char *const names[] = { "dma_map_sg_attrs", "dma_map_sg",
	"dma_map_sgtable", NULL };

static bool op_reads(const struct scan *s, const struct op *op, uint32_t place)
{
	int i;

	if (scan_has_place(s, op->value, place))
		return true;
	for (i = 0; i < op->nr_args; i++)
		if (scan_has_place(s, scan_arg(s, op, i), place))
			return true;
	return op->kind == OP_ASSIGN && op->dst == place &&
	       (op->flags & (ASSIGN_OR | ASSIGN_AND | ASSIGN_UPDATE));
}

/* The op that first reads `place` after op `from`; nr_ops if none does. */
static uint32_t next_read(const struct scan *s, uint32_t place, uint32_t from)
{
	uint32_t i;

	for (i = from + 1; i < s->fn->nr_ops; i++)
		if (op_reads(s, scan_op(s, i), place))
			break;
	return i;
}

/* Whether some loop is around both. */
static bool share_loop(const struct scan *s, uint32_t a, uint32_t b)
{
	const struct branch *branches =
		&s->set->branches[s->fn->first_branch];

	for (b = scan_loop(s, b); b; b = scan_loop(s, branches[b].parent))
		if (scan_branch_within(s, a, b))
			return true;
	return false;
}

/* Kept in a local that is not read before it is written again. */
static bool is_never_read(const struct scan *s, const struct op *call)
{
	uint32_t result = call->dst, at, place, branch, i;

	if (result == NO_PLACE)
		return false;
	at = next_read(s, result, scan_number(s, call));
	if (at == s->fn->nr_ops || scan_op(s, at)->kind != OP_ASSIGN ||
	    (scan_op(s, at)->flags & ASSIGN_ELEMENT) ||
	    scan_only_place(s, scan_op(s, at)->value) != result)
		return false;
	place = scan_op(s, at)->dst;
	branch = scan_op(s, at)->branch;
	if (scan_place(s, place)->kind != PLACE_LOCAL)
		return false;
	/* A loop may come back to what reads it. */
	for (i = 0; i < at; i++)
		if (op_reads(s, scan_op(s, i), place) &&
		    share_loop(s, scan_op(s, i)->branch, branch))
			return false;
	for (i = at + 1; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op_reads(s, op, place))
			return false;
		/* Written on every way that goes on from here. */
		if (op->kind == OP_ASSIGN && op->dst == place &&
		    scan_branch_within(s, branch, op->branch))
			return true;
	}
	return true;
}

static void check_map_return(const struct scan *s, const struct op *op,
			     const struct api_function *api, void *data)
{
	(void)data;
	if (api_in_family(api, "sg") &&
	    ((op->flags & CALL_IGNORED) || is_never_read(s, op)))
		scan_report(s, op, "nobody looks at what %s() returns: the mapping may have failed",
			    scan_str(s, op->spelling));
}

static void check_map_return_ignored(struct rule_run *run)
{
	scan_each_call(run, API_SINK, check_map_return, NULL);
}

const struct rule map_return_ignored_rule = {
	.id = "map-return-ignored",
	.level = LEVEL_WARNING,
	.summary = "the result of dma_map_sg() or dma_map_sgtable() is ignored",
	.explanation =
"Mapping a scatterlist can fail: the IOMMU has no room left, SWIOTLB has no\n"
"slot, or DMA_ATTR_REQUIRE_COHERENT refuses. dma_map_sg() then returns 0 and\n"
"dma_map_sgtable() a negative errno, and the DMA addresses in the list are\n"
"undefined. A driver that goes on programs its device with garbage.\n"
"\n"
"Check the result and fail the request: dma_map_sg() with `if (!nents)`,\n"
"dma_map_sgtable() with `if (ret)`.\n"
"\n"
"See kernel/dma/mapping.c, the kernel-doc of both functions.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_map_return_ignored,
};

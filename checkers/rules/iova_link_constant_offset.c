// SPDX-License-Identifier: GPL-2.0-only
/* Tests the offset of each dma_iova_link() in a loop. */
#include "rules/common/scan.h"

static const char *const names[] = { "dma_iova_link", NULL };

enum { ARG_OFFSET = 3 };

/* Whether code after it leaves the loop, so that it runs once. */
static bool runs_once(const struct scan *s, uint32_t branch, uint32_t loop)
{
	const struct branch *branches = view_branches(&s->v);

	for (; branch != loop; branch = branches[branch].parent)
		if (branches[branch].leaves)
			return true;
	return false;
}

/* A state that is declared in the loop is new each time. */
static bool is_new_state(const struct scan *s, uint32_t loop)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (scan_calls(s, view_op(&s->v, i), "dma_iova_try_alloc") &&
		    view_is_within(&s->v, view_op(&s->v, i)->branch, loop))
			return true;
	return false;
}

static void check_iova_link(const struct scan *s, const struct op *op,
			    void *data)
{
	uint32_t loop = scan_loop(s, op->branch);
	uint64_t offset;

	(void)data;
	if (loop && scan_calls(s, op, "dma_iova_link") &&
	    view_constant(&s->v, view_arg(&s->v, op, ARG_OFFSET), &offset) &&
	    !runs_once(s, op->branch, loop) && !is_new_state(s, loop))
		scan_report(s, op, "every iteration of the loop links at the same offset");
}

static void check_iova_link_constant_offset(struct rule_run *run)
{
	scan_each_op(run, check_iova_link, NULL);
}

const struct rule iova_link_constant_offset_rule = {
	.id = "iova-link-constant-offset",
	.level = LEVEL_ERROR,
	.summary = "dma_iova_link() is called in a loop with a constant offset",
	.explanation =
"dma_iova_link() links a physical range at an offset into the IOVA range that\n"
"dma_iova_try_alloc() reserved. In a loop over several ranges each must\n"
"follow the one before. With a constant offset they all go to the same place,\n"
"so the second call fails or replaces the first range.\n"
"\n"
"The code is right if the loop has a single iteration by construction.\n"
"\n"
"Count the linked bytes and pass them as the offset: dma_iova_link(dev,\n"
"state, phys, mapped, len, dir, attrs), then mapped += len. See mm/hmm.c for\n"
"an example.\n"
"\n"
"See the kernel-doc of dma_iova_link() in drivers/iommu/dma-iommu.c.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_iova_link_constant_offset,
};

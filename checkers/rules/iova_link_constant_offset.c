// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/scan.h"

extern const struct rule iova_link_constant_offset_rule;

static const char *const names[] = { "dma_iova_link", NULL };

enum { ARG_STATE = 1, ARG_OFFSET = 3 };

/* The innermost loop around a branch, 0 if there is none. */
static uint32_t loop_around(const struct scan *s, uint32_t branch)
{
	const struct branch *branches =
		&s->set->branches[s->fn->first_branch];

	while (branch && branches[branch].kind != BRANCH_LOOP)
		branch = branches[branch].parent;
	return branch;
}

/* What comes after it in the loop leaves: it runs once. */
static bool leaves(const struct scan *s, uint32_t branch, uint32_t loop)
{
	const struct branch *branches =
		&s->set->branches[s->fn->first_branch];

	for (; branch != loop; branch = branches[branch].parent)
		if (branches[branch].leaves)
			return true;
	return false;
}

/* A state made in the loop is another one each time. */
static bool is_new_state(const struct scan *s, uint32_t number, uint32_t loop)
{
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (i != number && op->kind == OP_CALL &&
		    !strcmp(scan_callee(s, op), "dma_iova_try_alloc") &&
		    scan_branch_within(s, op->branch, loop))
			return true;
	}
	return false;
}

static void check_call(const struct scan *s, uint32_t number)
{
	const struct op *op = scan_op(s, number);
	uint32_t loop = loop_around(s, op->branch);
	uint64_t offset;

	if (strcmp(scan_callee(s, op), "dma_iova_link") || !loop ||
	    !scan_constant(s, scan_arg(s, op, ARG_OFFSET), &offset) ||
	    leaves(s, op->branch, loop) || is_new_state(s, number, loop))
		return;
	scan_report(s, op, &iova_link_constant_offset_rule,
		    iova_link_constant_offset_rule.level,
		    "each round of the loop links its range at the same offset");
}

static void check_function(const struct scan *s, void *data)
{
	uint32_t i;

	(void)data;
	for (i = 0; i < s->fn->nr_ops; i++)
		if (scan_op(s, i)->kind == OP_CALL)
			check_call(s, i);
}

static void check(struct rule_run *run)
{
	scan_each(run, check_function, NULL);
}

const struct rule iova_link_constant_offset_rule = {
	.id = "iova-link-constant-offset",
	.level = LEVEL_ERROR,
	.summary = "dma_iova_link() in a loop, always at the same offset",
	.explanation =
"dma_iova_link() puts a physical range at an offset into the IOVA space\n"
"that dma_iova_try_alloc() reserved. In a loop over several ranges each has\n"
"to go behind the one before it; with a constant they all go to the same\n"
"place, so the second call fails or takes the place of the first.\n"
"\n"
"It is right where the loop has one round by construction.\n"
"\n"
"Count what is linked and pass that: dma_iova_link(dev, state, phys,\n"
"mapped, len, dir, attrs), then mapped += len. mm/hmm.c does it.\n"
"\n"
"See the kernel-doc of dma_iova_link() in drivers/iommu/dma-iommu.c.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check,
};

// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/gfp-values.h"

static void report_gfp_zero(const struct scan *s, const struct op *op,
			    const struct api_function *api, uint64_t gfp)
{
	(void)api;
	if (!gfp)
		scan_report(s, op, "%s() with gfp flags 0 can neither sleep nor wake kswapd",
			    view_str(&s->v, op->spelling));
}

static void check_gfp_zero(struct rule_run *run)
{
	gfp_each(run, report_gfp_zero);
}

const struct rule gfp_zero_rule = {
	.id = "gfp-zero",
	.level = LEVEL_WARNING,
	.summary = "DMA memory is allocated with gfp flags 0",
	.explanation =
"The flags of dma_alloc_coherent() and its kin are those of the page\n"
"allocator. 0 is none of them: the allocation neither waits for memory\n"
"(__GFP_DIRECT_RECLAIM) nor wakes up who frees some\n"
"(__GFP_KSWAPD_RECLAIM), so that it fails under a little pressure. Mostly\n"
"GFP_KERNEL or GFP_ATOMIC was meant.\n"
"\n"
"It is right where the caller would rather fail than disturb anyone; write\n"
"GFP_NOWAIT then, which says so.\n"
"\n"
"Use GFP_KERNEL, or GFP_ATOMIC where the caller cannot sleep.\n"
"\n"
"See Documentation/core-api/memory-allocation.rst and\n"
"Documentation/core-api/dma-api.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.check = check_gfp_zero,
};

// SPDX-License-Identifier: GPL-2.0-only
/* Tests the constants that reach the gfp argument of each allocation. */
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
"dma_alloc_coherent() and its kin take the gfp flags of the page allocator.\n"
"With 0 the allocation neither sleeps (__GFP_DIRECT_RECLAIM) nor wakes kswapd\n"
"(__GFP_KSWAPD_RECLAIM), so that it fails under slight memory pressure. In\n"
"most cases GFP_KERNEL or GFP_ATOMIC was meant.\n"
"\n"
"If the caller prefers a failure to any reclaim, write GFP_NOWAIT, which says\n"
"so.\n"
"\n"
"Use GFP_KERNEL, or GFP_ATOMIC if the caller cannot sleep.\n"
"\n"
"See Documentation/core-api/memory-allocation.rst and\n"
"Documentation/core-api/dma-api.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.check = check_gfp_zero,
};

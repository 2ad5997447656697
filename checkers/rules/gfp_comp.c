// SPDX-License-Identifier: GPL-2.0-only
/* Tests the constants that reach the gfp argument of each allocation. */
#include "rules/common/gfp-values.h"

static void report_gfp_comp(const struct scan *s, const struct op *op,
			    const struct api_function *api, uint64_t gfp)
{
	(void)api;
	if (gfp & GFP_BIT_COMP)
		scan_report(s, op, "%s() does not accept __GFP_COMP",
			    view_str(&s->v, op->spelling));
}

static void check_gfp_comp(struct rule_run *run)
{
	gfp_each(run, report_gfp_comp);
}

const struct rule gfp_comp_rule = {
	.id = "gfp-comp",
	.level = LEVEL_WARNING,
	.summary = "DMA memory is allocated with __GFP_COMP",
	.explanation =
"__GFP_COMP asks the page allocator for a compound page. The memory that\n"
"dma_alloc_coherent() and its kin return need not come from the page\n"
"allocator, and where it does the DMA API may split it: nobody may rely on a\n"
"compound page. Since Linux 6.2 these functions warn and fail if the flag is\n"
"set; before, some implementations cleared it and others did not.\n"
"\n"
"It is right in a call of alloc_pages() whose page is mapped later.\n"
"\n"
"Drop the flag. A driver that needs the pages themselves allocates them with\n"
"alloc_pages() or dma_alloc_pages() and maps them.\n"
"\n"
"See dma_alloc_attrs() in kernel/dma/mapping.c, and commit ffcb75458460\n"
"(dma-mapping: reject __GFP_COMP in dma_alloc_attrs).\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.fixable = true,
	.check = check_gfp_comp,
};

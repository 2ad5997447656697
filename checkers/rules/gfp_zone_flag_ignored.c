// SPDX-License-Identifier: GPL-2.0-only
/* Tests the constants that reach the gfp argument of each allocation. */
#include "rules/common/gfp-values.h"

static const char *zone_name(uint64_t gfp)
{
	if (gfp & GFP_BIT_DMA)
		return "GFP_DMA";
	return gfp & GFP_BIT_DMA32 ? "GFP_DMA32" : "__GFP_HIGHMEM";
}

static void report_gfp_zone(const struct scan *s, const struct op *op,
			    const struct api_function *api, uint64_t gfp)
{
	const char *zone = zone_name(gfp), *name = view_str(&s->v, op->spelling);

	if (!(gfp & GFP_ZONE) || api_in_family(api, "noncontiguous"))
		return;
	if (api_in_family(api, "pages") || api_in_family(api, "noncoherent"))
		scan_report_level(s, op, LEVEL_WARNING,
				  "%s() rejects %s: it warns and fails",
				  name, zone);
	else if (!(gfp & GFP_BITS_RECLAIM))
		scan_report_level(s, op, LEVEL_WARNING,
				  "%s() ignores %s, and the remaining gfp flags allow neither sleep nor reclaim",
				  name, zone);
	else
		scan_report(s, op, "%s() ignores %s: the zone follows from the device's DMA mask",
			    name, zone);
}

static void check_gfp_zone_flag_ignored(struct rule_run *run)
{
	gfp_each(run, report_gfp_zone);
}

const struct rule gfp_zone_flag_ignored_rule = {
	.id = "gfp-zone-flag-ignored",
	.level = LEVEL_NOTE,
	.summary = "GFP_DMA, GFP_DMA32 or __GFP_HIGHMEM is passed where it has no effect",
	.explanation =
"dma_alloc_coherent() and its kin clear GFP_DMA, GFP_DMA32 and __GFP_HIGHMEM\n"
"first: the coherent_dma_mask of the device selects the zone. The flag is\n"
"misleading. If it is the only flag, it does harm: the remaining value 0\n"
"allows neither sleep nor reclaim, and the allocation fails under slight\n"
"memory pressure. dma_alloc_pages() and dma_alloc_noncoherent() warn and fail\n"
"with such a flag.\n"
"\n"
"The flag is right for memory that is mapped later: kmalloc(GFP_DMA),\n"
"alloc_pages(GFP_DMA32).\n"
"\n"
"Drop the flag; if it was the only one use GFP_KERNEL, or GFP_ATOMIC if the\n"
"caller cannot sleep. If the device can address less memory than the kernel\n"
"assumes, call dma_set_coherent_mask().\n"
"\n"
"See dma_alloc_attrs() and dma_alloc_pages() in kernel/dma/mapping.c, and\n"
"Documentation/core-api/dma-api.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.check = check_gfp_zone_flag_ignored,
};

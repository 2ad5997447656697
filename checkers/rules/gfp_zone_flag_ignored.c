// SPDX-License-Identifier: GPL-2.0-only
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
"dma_alloc_coherent() and its kin clear GFP_DMA, GFP_DMA32 and\n"
"__GFP_HIGHMEM before they do anything else: where the memory comes from\n"
"is decided by the device's coherent_dma_mask. The flag misleads whoever\n"
"reads it. Where it is the only flag it does harm: what is left is 0, which\n"
"neither waits nor wakes the reclaim and fails when memory is a little\n"
"short. dma_alloc_pages() and dma_alloc_noncoherent() fail with a warning\n"
"where they are given such a flag.\n"
"\n"
"It is right for memory that is mapped later: kmalloc(GFP_DMA),\n"
"alloc_pages(GFP_DMA32).\n"
"\n"
"Drop the flag; where it was alone use GFP_KERNEL, or GFP_ATOMIC where the\n"
"caller cannot sleep. If the device reaches less memory than the kernel\n"
"thinks, say so with dma_set_coherent_mask().\n"
"\n"
"See dma_alloc_attrs() and dma_alloc_pages() in kernel/dma/mapping.c, and\n"
"Documentation/core-api/dma-api.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.check = check_gfp_zone_flag_ignored,
};

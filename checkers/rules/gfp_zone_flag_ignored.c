// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "lib/alloc.h"
#include "rules/common/gfp-values.h"

extern const struct rule gfp_zone_flag_ignored_rule;

static const char *zone_name(uint64_t bits)
{
	if (bits & GFP_BIT_DMA)
		return "GFP_DMA";
	return bits & GFP_BIT_DMA32 ? "GFP_DMA32" : "__GFP_HIGHMEM";
}

static void report(const struct scan *s, const struct op *op,
		   const struct api_function *api, uint64_t bits, void *data)
{
	bool alone = !(bits & GFP_BITS_RECLAIM);
	const char *zone = zone_name(bits), *name = scan_str(s, op->spelling);
	char *text;

	(void)data;
	if (!(bits & GFP_ZONE))
		return;
	if (api_in_family(api, "pages") || api_in_family(api, "noncoherent"))
		text = xstrfmt("%s() refuses %s: it fails with a warning",
			       name, zone);
	else if (alone)
		text = xstrfmt("%s() ignores %s, and without it no flag is left that lets it wait or reclaim",
			       name, zone);
	else
		text = xstrfmt("%s() ignores %s: the device's mask decides on the zone",
			       name, zone);
	scan_report(s, op, &gfp_zone_flag_ignored_rule,
		    alone || api_in_family(api, "pages") ||
		    api_in_family(api, "noncoherent") ? LEVEL_WARNING :
		    gfp_zone_flag_ignored_rule.level, text);
	free(text);
}

static void check_function(const struct scan *s, void *data)
{
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		const struct api_function *api = scan_api(s, op, API_ALLOC);

		if (api && api->gfp != API_NONE &&
		    !api_in_family(api, "noncontiguous"))
			gfp_each(s, op, api, report, data);
	}
}

static void check(struct rule_run *run)
{
	scan_each(run, check_function, NULL);
}

const struct rule gfp_zone_flag_ignored_rule = {
	.id = "gfp-zone-flag-ignored",
	.level = LEVEL_NOTE,
	.summary = "GFP_DMA, GFP_DMA32 or __GFP_HIGHMEM where it has no effect",
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
	.check = check,
};

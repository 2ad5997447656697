// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "lib/alloc.h"
#include "rules/common/gfp-values.h"

extern const struct rule gfp_zero_rule;

static void report(const struct scan *s, const struct op *op,
		   const struct api_function *api, uint64_t bits, void *data)
{
	char *text;

	(void)api;
	(void)data;
	if (bits)
		return;
	text = xstrfmt("%s() with no gfp flags can neither wait nor wake the reclaim",
		       scan_str(s, op->spelling));
	scan_report(s, op, &gfp_zero_rule, gfp_zero_rule.level, text);
	free(text);
}

static void check_function(const struct scan *s, void *data)
{
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		const struct api_function *api = scan_api(s, op, API_ALLOC);

		if (api && api->gfp != API_NONE)
			gfp_each(s, op, api, report, data);
	}
}

static void check(struct rule_run *run)
{
	scan_each(run, check_function, NULL);
}

const struct rule gfp_zero_rule = {
	.id = "gfp-zero",
	.level = LEVEL_NOTE,
	.summary = "memory for DMA is allocated with 0 for gfp flags",
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
	.check = check,
};

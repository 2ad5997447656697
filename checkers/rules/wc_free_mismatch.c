// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

/* What says nothing about the memory, or is unmap-attr-mismatch's. */
static uint64_t uninteresting_attrs(const struct tree *tree)
{
	return unmap_valid(tree) | tree_attr_mask(tree, "DMA_ATTR_NO_WARN") |
	       tree_attr_mask(tree, "DMA_ATTR_SKIP_CPU_SYNC");
}

static void report_wc_free(const struct flow_pairing *p, void *data)
{
	struct rule_run *run = data;
	struct attr_difference d;
	size_t i;

	if (!p->complete || !(p->unmap.call.api->roles & API_FREE))
		return;
	for (i = 0; i < p->nr_maps; i++)
		if (!(p->maps[i].call.api->roles & API_ALLOC))
			return;
	d = pairing_difference(run->tree, p, ~uninteresting_attrs(run->tree));
	if (d.lost || d.added)
		pairing_report_attrs(run, p, d);
}

static void check_wc_free_mismatch(struct rule_run *run)
{
	flow_each_pairing(run->calls, report_wc_free, run);
}

const struct rule wc_free_mismatch_rule = {
	.id = "wc-free-mismatch",
	.level = LEVEL_WARNING,
	.summary = "write-combined memory is freed as coherent memory, or the reverse",
	.explanation =
"dma_alloc_wc() is dma_alloc_attrs() with DMA_ATTR_WRITE_COMBINE, and who\n"
"allocates with an attribute frees with it: dma_free_coherent() passes 0.\n"
"Which pool the memory goes back to, and how its kernel mapping is undone,\n"
"may depend on it. dma-debug does not compare DMA_ATTR_WRITE_COMBINE and\n"
"keeps quiet.\n"
"\n"
"Free what dma_alloc_wc() gave with dma_free_wc(), and what\n"
"dma_alloc_attrs() gave with dma_free_attrs() and the same attributes.\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_free_attrs(); include/linux/\n"
"dma-mapping.h, dma_free_wc(); commit 9d625aa2ebd4 (ntb: consistent\n"
"attributes at free).\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC | API_FREE },
	.fixable = true,
	.check = check_wc_free_mismatch,
};

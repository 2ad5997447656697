// SPDX-License-Identifier: GPL-2.0-only
/* Compares the write-combine attribute of each free with that of its allocation. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

/* Attributes that do not change the memory, or that unmap-attr-mismatch checks. */
static uint64_t uninteresting_attrs(const struct tree *tree)
{
	return unmap_valid(tree) | tree_attr_mask(tree, "DMA_ATTR_NO_WARN") |
	       tree_attr_mask(tree, "DMA_ATTR_ALLOC_SINGLE_PAGES") |
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
"dma_alloc_wc() is dma_alloc_attrs() with DMA_ATTR_WRITE_COMBINE, and memory\n"
"must be freed with the attributes that it was allocated with;\n"
"dma_free_coherent() passes 0. The attributes may decide to which pool the\n"
"memory returns and how its kernel mapping is removed. dma-debug does not\n"
"compare DMA_ATTR_WRITE_COMBINE and does not warn.\n"
"\n"
"Free memory from dma_alloc_wc() with dma_free_wc(), and memory from\n"
"dma_alloc_attrs() with dma_free_attrs() and the same attributes.\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_free_attrs(); dma_free_wc() in\n"
"include/linux/dma-mapping.h; commit 9d625aa2ebd4 (ntb: consistent attributes\n"
"at free).\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC | API_FREE },
	.fixable = true,
	.check = check_wc_free_mismatch,
};

// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

extern const struct rule wc_free_mismatch_rule;

struct checking {
	struct rule_run *run;
	uint64_t bits;
};

/* What says nothing about the memory, or is unmap-attr-mismatch's. */
static uint64_t uninteresting(const struct tree *tree)
{
	return unmap_valid(tree) | tree_attr_mask(tree, "DMA_ATTR_NO_WARN") |
	       tree_attr_mask(tree, "DMA_ATTR_SKIP_CPU_SYNC");
}

static void report(const struct flow_pairing *p, void *data)
{
	const struct checking *c = data;
	struct attr_difference first = { 0, 0 };
	struct finding *finding;
	char *text;
	size_t i;

	if (!p->complete || !(p->unmap.call.api->roles & API_FREE))
		return;
	for (i = 0; i < p->nr_maps; i++) {
		struct attr_difference d =
			attrs_compare(c->run->tree, &p->maps[i], &p->unmap,
				      c->bits);

		if (!(p->maps[i].call.api->roles & API_ALLOC) ||
		    !(d.lost || d.added))
			return;
		if (!i)
			first = d;
	}
	text = attrs_message(c->run->tree, &p->maps[0], &p->unmap, first);
	finding = findings_add(c->run->findings, wc_free_mismatch_rule.id,
			       wc_free_mismatch_rule.level,
			       &p->unmap.call.loc, p->unmap.call.module, text);
	pairing_steps(finding, p);
	free(text);
}

static void check(struct rule_run *run)
{
	struct checking c = { run, ~uninteresting(run->tree) };

	flow_each_pairing(run->calls, report, &c);
}

const struct rule wc_free_mismatch_rule = {
	.id = "wc-free-mismatch",
	.level = LEVEL_WARNING,
	.summary = "write-combined memory is freed as coherent, or the reverse",
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
	.check = check,
};

// SPDX-License-Identifier: GPL-2.0-only
/* Tests the constants that reach the attributes of each map and allocation. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "tree/tree.h"

#define COHERENT "DMA_ATTR_REQUIRE_COHERENT"
#define IGNORE "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES"

static void report_redundant_ignore(const struct flow_call *call, void *data)
{
	struct rule_run *run = data;
	uint64_t both = tree_attr_mask(run->tree, COHERENT) |
			tree_attr_mask(run->tree, IGNORE);
	struct constants attrs;
	uint32_t i;

	if (call->api->attrs < 0)
		return;
	flow_call_values(run->calls, call, call->api->attrs, &attrs);
	for (i = 0; i < attrs.nr; i++)
		if ((attrs.values[i] & both) == both)
			break;
	if (i < attrs.nr)
		rule_report(run, &call->loc, call->module,
			    IGNORE " is redundant with " COHERENT);
}

static void check_redundant_ignore_cachelines(struct rule_run *run)
{
	if (tree_attr_mask(run->tree, COHERENT) &&
	    tree_attr_mask(run->tree, IGNORE))
		flow_each_call(run->calls, API_SINK | API_MMIO | API_ALLOC,
			       report_redundant_ignore, run);
}

const struct rule redundant_ignore_cachelines_rule = {
	.id = "redundant-ignore-cachelines",
	.level = LEVEL_NOTE,
	.summary = IGNORE " is used together with " COHERENT,
	.explanation =
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES tells dma-debug that several mappings\n"
"may share a cache line. A mapping with DMA_ATTR_REQUIRE_COHERENT needs no\n"
"cache maintenance, and dma-debug treats it the same way. The first attribute\n"
"is redundant beside the second.\n"
"\n"
"Drop DMA_ATTR_DEBUGGING_IGNORE_CACHELINES from the map and from the unmap.\n"
"\n"
"See active_cacheline_insert() and add_dma_entry() in kernel/dma/debug.c;\n"
"commit e6a58fa25562.\n",
	.needs_attr = COHERENT,
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_MMIO | API_ALLOC },
	.fixable = true,
	.check = check_redundant_ignore_cachelines,
};

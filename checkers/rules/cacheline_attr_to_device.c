// SPDX-License-Identifier: GPL-2.0-only
/* Tests the constants that reach attributes and direction of each map. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

#define IGNORE "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES"
#define IGNORE_OLD "DMA_ATTR_CPU_CACHE_CLEAN"

/* include/linux/dma-direction.h */
enum { DMA_TO_DEVICE = 1, DMA_NONE = 3 };

static void report_cacheline_attr(const struct flow_call *call, void *data)
{
	struct rule_run *run = data;
	uint64_t bits = tree_attr_mask(run->tree, IGNORE) |
			tree_attr_mask(run->tree, IGNORE_OLD);
	struct constants attrs, directions;
	char *name;
	uint32_t i;

	if (call->api->attrs < 0 || call->api->direction < 0)
		return;
	flow_call_values(run->calls, call, call->api->attrs, &attrs);
	flow_call_values(run->calls, call, call->api->direction, &directions);
	if (!constants_known(&attrs) || !constants_known(&directions))
		return;
	/* A function for both directions may set it for one of them. */
	bits &= constants_common(&attrs);
	for (i = 0; i < directions.nr; i++)
		if (directions.values[i] != DMA_TO_DEVICE &&
		    directions.values[i] != DMA_NONE)
			return;
	if (!bits)
		return;
	name = attr_names(run->tree, bits);
	rule_report(run, &call->loc, call->module,
		    "%s has no effect on a DMA_TO_DEVICE mapping", name);
	free(name);
}

static void check_cacheline_attr_to_device(struct rule_run *run)
{
	if (tree_attr_mask(run->tree, IGNORE) |
	    tree_attr_mask(run->tree, IGNORE_OLD))
		flow_each_call(run->calls, API_SINK | API_MMIO,
			       report_cacheline_attr, run);
}

const struct rule cacheline_attr_to_device_rule = {
	.id = "cacheline-attr-to-device",
	.level = LEVEL_NOTE,
	.summary = IGNORE " is used for a DMA_TO_DEVICE mapping",
	.explanation =
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES (formerly DMA_ATTR_CPU_CACHE_CLEAN)\n"
"silences dma-debug about mappings that share a cache line. dma-debug only\n"
"tracks cache lines that the device writes to, so the attribute has no effect\n"
"on a DMA_TO_DEVICE mapping. Probably another direction or another attribute\n"
"was meant.\n"
"\n"
"Drop it; the plain function without attributes does the same. This does not\n"
"apply to DMA_ATTR_REQUIRE_COHERENT, which forbids bouncing in each\n"
"direction.\n"
"\n"
"See active_cacheline_insert() in kernel/dma/debug.c.\n",
	.needs_attr = IGNORE,
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_MMIO },
	.check = check_cacheline_attr_to_device,
};

// SPDX-License-Identifier: GPL-2.0-only
/* Tests the attributes of mappings of user memory whose driver never syncs. */
#include "rules/common/sinks.h"

#include "tree/tree.h"

#define ATTR "DMA_ATTR_SKIP_CPU_SYNC"
#define RIGHT "DMA_ATTR_REQUIRE_COHERENT"

struct skip_sync_check {
	struct rule_run *run;
	struct places coherent;	/* mappings that need no sync */
};

static void report_skip_sync(const struct flow_sink *sink, void *data)
{
	const struct skip_sync_check *check = data;
	struct rule_run *run = check->run;

	if (sink->handover || sink_is_ignored(run, sink) ||
	    places_have(&check->coherent, &sink->loc))
		return;
	sink_report(run, sink, "user memory is DMA-mapped with " ATTR "%s%s%s and never synced%s",
		    sink->caller ? " for " : "",
		    sink->caller ? sink->caller : "", sink->caller ? "()" : "",
		    tree_attr_mask(run->tree, RIGHT) ?
		    "; use " RIGHT : "");
}

static void check_skip_sync_user_memory(struct rule_run *run)
{
	struct skip_sync_check check = { .run = run };

	flow_each_sink_with(run->flow, tree_attr_mask(run->tree, RIGHT),
			    places_add_sink, &check.coherent);
	flow_each_sink_with(run->flow, tree_attr_mask(run->tree, ATTR),
			    report_skip_sync, &check);
	places_release(&check.coherent);
}

const struct rule skip_sync_user_memory_rule = {
	.id = "skip-sync-user-memory",
	.level = LEVEL_WARNING,
	.summary = "user memory is DMA-mapped with " ATTR " and never synced",
	.explanation =
"DMA_ATTR_SKIP_CPU_SYNC skips the cache maintenance of a mapping and the copy\n"
"to its bounce buffer, because the memory has already been handed over to the\n"
"device: for a second mapping of the same buffer, or if dma_sync_*() calls\n"
"follow. User memory that is mapped like that and never synced is stale on\n"
"both sides on a non-coherent device, and a bounce buffer contains garbage.\n"
"The attribute also hides overlapping mappings from dma-debug.\n"
"\n"
"A driver that relies on the device being coherent should say so: pass\n"
"DMA_ATTR_REQUIRE_COHERENT instead, to the map and to the unmap. On a\n"
"coherent device nothing is synced anyway; elsewhere the mapping fails\n"
"instead of corrupting data.\n"
"\n"
"The code is right if dma_sync_*_for_device() and _for_cpu() hand over the\n"
"memory around each use.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_SKIP_CPU_SYNC and\n"
"DMA_ATTR_REQUIRE_COHERENT.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_FLOW,
	.check = check_skip_sync_user_memory,
};

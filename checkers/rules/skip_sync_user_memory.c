// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/sinks.h"

#include "tree/tree.h"

#define ATTR "DMA_ATTR_SKIP_CPU_SYNC"
#define RIGHT "DMA_ATTR_REQUIRE_COHERENT"

struct skip_sync_check {
	struct rule_run *run;
	struct places coherent;	/* nothing to sync there */
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
"DMA_ATTR_SKIP_CPU_SYNC leaves out the cache maintenance of a mapping, and\n"
"the copy into its bounce buffer, because the memory has been handed to the\n"
"device already: for a second mapping of the same buffer, or where\n"
"dma_sync_*() calls follow. Memory of a process that is mapped like that and\n"
"never synced is stale on both sides on a non-coherent device, and a bounce\n"
"buffer starts with what was in it before. It also hides the overlap of\n"
"mappings from dma-debug.\n"
"\n"
"A driver that relies on the device being coherent should say so: pass\n"
"DMA_ATTR_REQUIRE_COHERENT instead, to map and unmap. Nothing is synced on a\n"
"coherent device anyway, and elsewhere the mapping fails where it corrupted\n"
"data before.\n"
"\n"
"It is right as it is where dma_sync_*_for_device() and _for_cpu() hand the\n"
"memory over around each use.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_SKIP_CPU_SYNC and\n"
"DMA_ATTR_REQUIRE_COHERENT.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_FLOW,
	.check = check_skip_sync_user_memory,
};

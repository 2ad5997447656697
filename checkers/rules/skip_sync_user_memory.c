// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "rules/common/places.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_SKIP_CPU_SYNC"
#define RIGHT "DMA_ATTR_REQUIRE_COHERENT"

extern const struct rule skip_sync_user_memory_rule;

struct checking {
	struct rule_run *run;
	struct places coherent;	/* nothing to sync there */
};

/* Known to be right, or to be no user memory. */
static bool is_ignored(const struct rule_run *run, const struct flow_sink *hit)
{
	const char *function = hit->loc.function ? hit->loc.function : "";

	return policy_ignored(run->policy, skip_sync_user_memory_rule.id, hit->module,
			      function) ||
	       policy_ignored(run->policy, "missing-require-coherent",
			      hit->module, function);
}

static void report(const struct flow_sink *hit, void *data)
{
	const struct checking *c = data;
	char *text;
	struct finding *finding;
	size_t i;

	if (hit->handover || is_ignored(c->run, hit) ||
	    places_have(&c->coherent, &hit->loc))
		return;
	text = xstrfmt("user memory is DMA-mapped with " ATTR "%s%s%s, and nobody syncs it%s",
		       hit->caller ? " for " : "",
		       hit->caller ? hit->caller : "", hit->caller ? "()" : "",
		       tree_attr_mask(c->run->tree, RIGHT) ?
		       ": " RIGHT " says what it needs" : "");
	finding = findings_add(c->run->findings,
			       skip_sync_user_memory_rule.id,
			       skip_sync_user_memory_rule.level, &hit->loc,
			       hit->module, text);
	for (i = 0; i < hit->nr_steps; i++)
		finding_step(finding, &hit->steps[i].loc,
			     hit->steps[i].message);
	free(text);
}

static void check(struct rule_run *run)
{
	struct checking c = { .run = run };

	flow_each_sink_with(run->flow, tree_attr_mask(run->tree, RIGHT),
			    places_add_sink, &c.coherent);
	flow_each_sink_with(run->flow, tree_attr_mask(run->tree, ATTR),
			    report, &c);
	places_release(&c.coherent);
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
	.check = check,
};

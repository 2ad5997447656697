// SPDX-License-Identifier: GPL-2.0-only
/* Tests the attributes of mappings of user memory. */
#include "rules/common/sinks.h"

#include "knowledge/policy.h"
#include "lib/diag.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

/* The three names of one attribute; a tree has at most one. */
static const char *const names[] = { "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES",
	"DMA_ATTR_CPU_CACHE_CLEAN", "DMA_ATTR_CPU_CACHE_OVERLAP" };

/* Kinds of uAPI in which process and device use the memory at the same time. */
static const char *const contexts[] = { "uverbs", "rdma", "drm" };

struct cache_attr_check {
	struct rule_run *run;
	const char *name;
	struct places coherent;		/* mappings that also require coherence */
};

static bool is_shared(const struct rule_run *run, const struct flow_sink *sink,
		      const char **title)
{
	const struct policy_context *context =
		policy_context(run->policy, sink->headers, sink->nr_headers);
	size_t i;

	*title = context->title;
	for (i = 0; i < ARRAY_SIZE(contexts); i++)
		if (!strcmp(context->name, contexts[i]))
			return true;
	return false;
}

static void report_cache_attr(const struct flow_sink *sink, void *data)
{
	const struct cache_attr_check *check = data;
	struct rule_run *run = check->run;
	const char *title;

	if (sink->handover || sink_is_ignored(run, sink) ||
	    !is_shared(run, sink, &title) ||
	    places_have(&check->coherent, &sink->loc))
		return;
	sink_report(run, sink, "user memory (%s) is DMA-mapped with %s, which promises that the CPU does not touch it; %s",
		    title, check->name, tree_attr_mask(run->tree, ATTR) ?
		    "use " ATTR : "user space makes no such promise");
}

static void check_wrong_cache_attr(struct rule_run *run)
{
	struct cache_attr_check check = { .run = run };
	uint64_t bit = 0;
	size_t i;

	flow_each_sink_with(run->flow, tree_attr_mask(run->tree, ATTR),
			    places_add_sink, &check.coherent);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		uint64_t mask = tree_attr_mask(run->tree, names[i]);

		check.name = names[i];
		flow_each_sink_with(run->flow, mask, report_cache_attr, &check);
		bit |= mask;
	}
	if (!bit)
		note("Linux %s defines neither %s nor one of its old names; %s has nothing to look for",
		     run->tree->version, names[0], run->rule->id);
	places_release(&check.coherent);
}

const struct rule wrong_cache_attr_rule = {
	.id = "wrong-cache-attr",
	.level = LEVEL_WARNING,
	.summary = "user memory is DMA-mapped with an attribute for memory that the CPU does not touch",
	.explanation =
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES, formerly DMA_ATTR_CPU_CACHE_CLEAN and,\n"
"on the lists, DMA_ATTR_CPU_CACHE_OVERLAP, tells dma-debug that mappings may\n"
"share a cache line because the CPU does not dirty it while they last. It\n"
"only silences a warning. RDMA and DRM used it to silence that warning for\n"
"user memory that is registered twice. But the process writes to its memory\n"
"at any time, so that the promise is not kept, and the mapping still fails to\n"
"work on systems that bounce or need cache maintenance.\n"
"\n"
"Such a mapping needs DMA_ATTR_REQUIRE_COHERENT, at the map and at the unmap:\n"
"it fails where sharing cannot work, and silences the warning as well. The\n"
"attribute is right for virtio rings, whose buffers the CPU does not touch\n"
"until the device returns them, and if dma_sync_*() hands over the memory.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, both attributes, and commit\n"
"9bb0a4d6a443, which gave the first its present name.\n",
	.needs = NEEDS_FLOW,
	.check = check_wrong_cache_attr,
};

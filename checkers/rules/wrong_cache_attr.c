// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "rules/common/places.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

extern const struct rule wrong_cache_attr_rule;

/* One attribute under three names, of which a tree has one at most. */
static const char *const names[] = { "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES",
	"DMA_ATTR_CPU_CACHE_CLEAN", "DMA_ATTR_CPU_CACHE_OVERLAP" };

/* Where the process and the device use the memory at the same time. */
static const char *const contexts[] = { "uverbs", "rdma", "drm" };

struct checking {
	struct rule_run *run;
	const char *name;
	struct places coherent;	/* mappings that require it as well */
};

static bool is_shared(const struct checking *c, const struct flow_sink *hit,
		      const char **title)
{
	const struct policy_context *context =
		policy_context(c->run->policy, hit->headers, hit->nr_headers);
	size_t i;

	*title = context->title;
	for (i = 0; i < ARRAY_SIZE(contexts); i++)
		if (!strcmp(context->name, contexts[i]))
			return true;
	return false;
}

/* Known to be right, or to be no user memory. */
static bool is_ignored(const struct rule_run *run, const struct flow_sink *hit)
{
	const char *function = hit->loc.function ? hit->loc.function : "";

	return policy_ignored(run->policy, wrong_cache_attr_rule.id, hit->module,
			      function) ||
	       policy_ignored(run->policy, "missing-require-coherent",
			      hit->module, function);
}

static void report(const struct flow_sink *hit, void *data)
{
	const struct checking *c = data;
	bool defined = tree_attr_mask(c->run->tree, ATTR) != 0;
	char *text;
	struct finding *finding;
	const char *title;
	size_t i;

	if (hit->handover || is_ignored(c->run, hit) ||
	    !is_shared(c, hit, &title) ||
	    places_have(&c->coherent, &hit->loc))
		return;
	text = xstrfmt("user memory (%s) is DMA-mapped with %s, which promises that the CPU leaves it alone; %s",
		       title, c->name, defined ? ATTR " is what is meant" :
		       "no process does");
	finding = findings_add(c->run->findings, wrong_cache_attr_rule.id,
			       wrong_cache_attr_rule.level, &hit->loc,
			       hit->module, text);
	for (i = 0; i < hit->nr_steps; i++)
		finding_step(finding, &hit->steps[i].loc,
			     hit->steps[i].message);
	free(text);
}

static void check(struct rule_run *run)
{
	struct checking c = { .run = run };
	uint64_t bit = 0;
	size_t i;

	flow_each_sink_with(run->flow, tree_attr_mask(run->tree, ATTR),
			    places_add_sink, &c.coherent);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		uint64_t mask = tree_attr_mask(run->tree, names[i]);

		c.name = names[i];
		flow_each_sink_with(run->flow, mask, report, &c);
		bit |= mask;
	}
	if (!bit)
		note("Linux %s defines neither %s nor one of its old names; %s has nothing to look for",
		     run->tree->version, names[0], wrong_cache_attr_rule.id);
	places_release(&c.coherent);
}

const struct rule wrong_cache_attr_rule = {
	.id = "wrong-cache-attr",
	.level = LEVEL_WARNING,
	.summary = "user memory is DMA-mapped with an attribute for cache lines that nobody touches",
	.explanation =
"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES, once called DMA_ATTR_CPU_CACHE_CLEAN\n"
"and, on the lists, DMA_ATTR_CPU_CACHE_OVERLAP, tells dma-debug that mappings\n"
"may share a cache line because the CPU does not dirty it while they last. It\n"
"does nothing but silence a warning. RDMA and DRM took it to silence that\n"
"warning for memory of a process which is registered twice; but the process\n"
"writes to its memory whenever it likes, so that the promise is not kept, and\n"
"the mapping still works on no system that bounces or flushes.\n"
"\n"
"What such a mapping needs is DMA_ATTR_REQUIRE_COHERENT, at map and unmap: it\n"
"fails where sharing cannot work, and silences the warning as well. The\n"
"attribute is right for virtio's rings, whose buffers the CPU leaves alone\n"
"until the device gives them back, and where dma_sync_*() hands the memory\n"
"over.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, both attributes, and commit\n"
"9bb0a4d6a443, which gave the first its present name.\n",
	.needs = NEEDS_FLOW,
	.check = check,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports the mappings of user memory (flow/) without the attribute, unless the
 * memory is handed over or policy.conf allows them.
 */
#include "rules/common/sinks.h"

#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

/* Whether the code or policy.conf shows that the mapping is right. */
static const char *coherent_excuse(const struct rule_run *run,
				   const struct flow_sink *sink)
{
	if (sink->handover)
		return sink->handover;
	return policy_ignored(run->policy, run->rule->id, sink->module,
			      sink->loc.function ? sink->loc.function : "");
}

static enum level coherent_level(const struct rule_run *run,
				 const struct flow_sink *sink)
{
	enum level level = policy_context(run->policy, sink->headers,
					  sink->nr_headers)->level;

	/* Unknown attributes may be the right ones. */
	if (sink->attrs == ATTR_UNKNOWN || coherent_excuse(run, sink))
		return LEVEL_NOTE;
	/* A tree without the attribute has no remedy. */
	if (!tree_attr_mask(run->tree, ATTR) && level > LEVEL_WARNING)
		return LEVEL_WARNING;
	return level;
}

static char *coherent_message(const struct rule_run *run,
			      const struct flow_sink *sink)
{
	const char *why = coherent_excuse(run, sink);

	if (why)
		return xstrfmt("user memory is DMA-mapped without " ATTR
			       ", which is accepted: %s", why);
	if (!tree_attr_mask(run->tree, ATTR))
		return xstrdup("user memory is DMA-mapped and needs " ATTR
			       ", which this tree does not define");
	if (sink->attrs == ATTR_UNKNOWN)
		return xstrdup("user memory is DMA-mapped, possibly without "
			       ATTR);
	if (sink->caller)
		return xstrfmt("user memory is DMA-mapped without " ATTR
			       " for %s()", sink->caller);
	return xstrdup("user memory is DMA-mapped without " ATTR);
}

static void report_missing_coherent(const struct flow_sink *sink, void *data)
{
	struct rule_run *run = data;
	struct finding *f;
	char *text;

	if (sink->attrs == ATTR_HAS || (run->alone && sink->is_open))
		return;
	text = coherent_message(run, sink);
	f = sink_report(run, sink, "%s", text);
	f->level = coherent_level(run, sink);
	f->accepted = coherent_excuse(run, sink) != NULL;
	free(text);
}

static void check_missing_require_coherent(struct rule_run *run)
{
	flow_each_sink(run->flow, tree_attr_mask(run->tree, ATTR),
		       report_missing_coherent, run);
}

const struct rule missing_require_coherent_rule = {
	.id = "missing-require-coherent",
	.level = LEVEL_WARNING,
	.summary = "user memory is DMA-mapped without " ATTR,
	.explanation =
"Memory of a process, pinned with pin_user_pages() or the like, is mapped\n"
"for DMA, and from then on the device and the process share it freely. No\n"
"one calls dma_sync_*() between their accesses. This has only ever worked\n"
"where the mapping neither bounces (SWIOTLB) nor needs cache maintenance;\n"
"elsewhere, as in a confidential-computing guest, the data is silently\n"
"corrupted.\n"
"\n"
"DMA_ATTR_REQUIRE_COHERENT makes such a mapping fail instead. Pass it to\n"
"the map call and, as kernel/dma/debug.c compares them, to every unmap of\n"
"the same memory: dma_map_page(d, p, o, s, dir) becomes\n"
"dma_map_page_attrs(d, p, o, s, dir, DMA_ATTR_REQUIRE_COHERENT), and its\n"
"unmap likewise. Where a helper also maps kernel memory, give it an attrs\n"
"parameter: kernel memory must never carry the attribute.\n"
"\n"
"It is right as it is where ownership is handed over: dma_sync_*() calls\n"
"around each use, or a mapping that is undone before the request returns.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT;\n"
"commit d9d43a3f5c48 (RDMA/umem) and f5ebf241c407 (mm/hmm) for examples.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_FLOW,
	.fixable = true,
	.check = check_missing_require_coherent,
};

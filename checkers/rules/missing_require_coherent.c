// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

extern const struct rule missing_require_coherent_rule;

struct checking {
	struct rule_run *run;
	bool defined;		/* the tree knows the attribute */
};

/* Why the mapping is right as it is: by the code, or by policy.conf. */
static const char *excuse(const struct checking *c,
			  const struct flow_sink *hit)
{
	if (hit->handover)
		return hit->handover;
	return policy_ignored(c->run->policy,
			      missing_require_coherent_rule.id, hit->module,
			      hit->loc.function ? hit->loc.function : "");
}

static enum level level_of(const struct checking *c,
			   const struct flow_sink *hit)
{
	enum level level = policy_context(c->run->policy, hit->headers,
					  hit->nr_headers)->level;

	/* Attributes that cannot be seen may well be the right ones. */
	if (hit->attrs == ATTR_UNKNOWN || excuse(c, hit))
		return LEVEL_NOTE;
	/* Nothing to be done about it in a tree that lacks the attribute. */
	if (!c->defined && level > LEVEL_WARNING)
		return LEVEL_WARNING;
	return level;
}

static char *message(const struct checking *c, const struct flow_sink *hit)
{
	const char *why = excuse(c, hit);

	if (why)
		return xstrfmt("user memory is DMA-mapped without " ATTR
			       ", and right so: %s", why);
	if (!c->defined)
		return xstrdup("user memory is DMA-mapped: " ATTR
			       " would apply, but this tree lacks it");
	if (hit->attrs == ATTR_UNKNOWN)
		return xstrdup("user memory is DMA-mapped, perhaps without "
			       ATTR);
	if (hit->caller)
		return xstrfmt("user memory is DMA-mapped without " ATTR
			       " for %s()", hit->caller);
	return xstrdup("user memory is DMA-mapped without " ATTR);
}

static void report(const struct flow_sink *hit, void *data)
{
	const struct checking *c = data;
	const char *id = missing_require_coherent_rule.id;
	struct finding *finding;
	char *text;
	size_t i;

	if (hit->attrs == ATTR_HAS || (c->run->alone && hit->is_open))
		return;
	text = message(c, hit);
	finding = findings_add(c->run->findings, id, level_of(c, hit),
			       &hit->loc, hit->module, text);
	for (i = 0; i < hit->nr_steps; i++)
		finding_step(finding, &hit->steps[i].loc,
			     hit->steps[i].message);
	free(text);
}

static void check(struct rule_run *run)
{
	uint64_t bit = tree_attr_mask(run->tree, ATTR);
	struct checking c = { run, bit != 0 };

	flow_each_sink(run->flow, bit, report, &c);
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
	.check = check,
};

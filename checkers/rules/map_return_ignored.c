// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "facts/facts.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"

extern const struct rule map_return_ignored_rule;

static const char *const families[] = { "dma_map_sg_attrs", "dma_map_sg",
	"dma_map_sgtable", NULL };

static void report(const struct flow_call *call, void *data)
{
	struct rule_run *run = data;
	char *text;

	if (!(call->op->flags & CALL_IGNORED) ||
	    strcmp(call->api->family ? call->api->family : "", "sg"))
		return;
	text = xstrfmt("nobody looks at what %s() returns: the mapping may have failed",
		       call->spelling);
	findings_add(run->findings, map_return_ignored_rule.id,
		     map_return_ignored_rule.level, &call->loc, call->module,
		     text);
	free(text);
}

static void check(struct rule_run *run)
{
	flow_each_call(run->calls, API_SINK, report, run);
}

const struct rule map_return_ignored_rule = {
	.id = "map-return-ignored",
	.level = LEVEL_WARNING,
	.summary = "the result of dma_map_sg() or dma_map_sgtable() is ignored",
	.explanation =
"Mapping a scatterlist can fail: the IOMMU has no room left, SWIOTLB has no\n"
"slot, or DMA_ATTR_REQUIRE_COHERENT refuses. dma_map_sg() then returns 0 and\n"
"dma_map_sgtable() a negative errno, and the DMA addresses in the list are\n"
"undefined. A driver that goes on programs its device with garbage.\n"
"\n"
"Check the result and fail the request: dma_map_sg() with `if (!nents)`,\n"
"dma_map_sgtable() with `if (ret)`.\n"
"\n"
"See kernel/dma/mapping.c, the kernel-doc of both functions.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = families },
	.check = check,
};

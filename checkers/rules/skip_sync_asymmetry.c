// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

#define SKIP "DMA_ATTR_SKIP_CPU_SYNC"

extern const struct rule skip_sync_asymmetry_rule;

/* What the device never wrote needs no sync: the way out of an error. */
static bool is_way_out(const struct flow_partner *map,
		       const struct flow_partner *unmap,
		       struct attr_difference d)
{
	return d.added && map->call.fn == unmap->call.fn;
}

static void report(const struct flow_pairing *p, void *data)
{
	struct rule_run *run = data;
	uint64_t bit = tree_attr_mask(run->tree, SKIP);
	struct attr_difference first = { 0, 0 };
	struct finding *finding;
	char *text;
	size_t i;

	if (!p->complete || !(p->unmap.call.api->roles & API_UNMAP))
		return;
	for (i = 0; i < p->nr_maps; i++) {
		struct attr_difference d =
			attrs_compare(run->tree, &p->maps[i], &p->unmap, bit);

		if (!(d.lost || d.added) ||
		    is_way_out(&p->maps[i], &p->unmap, d))
			return;
		if (!i)
			first = d;
	}
	text = attrs_message(run->tree, &p->maps[0], &p->unmap, first);
	finding = findings_add(run->findings, skip_sync_asymmetry_rule.id,
			       skip_sync_asymmetry_rule.level,
			       &p->unmap.call.loc, p->unmap.call.module, text);
	pairing_steps(finding, p);
	free(text);
}

static void check(struct rule_run *run)
{
	flow_each_pairing(run->calls, report, run);
}

const struct rule skip_sync_asymmetry_rule = {
	.id = "skip-sync-asymmetry",
	.level = LEVEL_NOTE,
	.summary = SKIP " at the map only, or at the unmap only",
	.explanation =
"DMA_ATTR_SKIP_CPU_SYNC leaves out the cache maintenance of a mapping that\n"
"the driver syncs by itself. The map and the unmap may differ in it, and\n"
"dma-debug allows it; but one of them may do work that nobody needs, or leave\n"
"out what somebody does.\n"
"\n"
"Ask for this rule by name to look such places through. On the way out of an\n"
"error it is right to skip at the unmap: the device wrote nothing yet.\n"
"\n"
"See check_unmap() in kernel/dma/debug.c and\n"
"Documentation/core-api/dma-attributes.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_UNMAP },
	.opt_in = true,
	.check = check,
};

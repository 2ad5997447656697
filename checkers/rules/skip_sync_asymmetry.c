// SPDX-License-Identifier: GPL-2.0-only
/* Compares the attributes of each unmap with those of its maps. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

#define SKIP "DMA_ATTR_SKIP_CPU_SYNC"

/* On an error path, the device has written nothing, and no sync is needed. */
static bool is_error_path(const struct flow_pairing *p,
			  struct attr_difference d)
{
	size_t i;

	for (i = 0; d.added && i < p->nr_maps; i++)
		if (p->maps[i].call.v.fn == p->unmap.call.v.fn)
			return true;
	return false;
}

static void report_sync_asymmetry(const struct flow_pairing *p, void *data)
{
	struct rule_run *run = data;
	struct attr_difference d;

	if (!p->complete || !(p->unmap.call.api->roles & API_UNMAP))
		return;
	d = pairing_difference(run->tree, p, tree_attr_mask(run->tree, SKIP));
	if ((d.lost || d.added) && !is_error_path(p, d))
		pairing_report_attrs(run, p, d);
}

static void check_skip_sync_asymmetry(struct rule_run *run)
{
	flow_each_pairing(run->calls, report_sync_asymmetry, run);
}

const struct rule skip_sync_asymmetry_rule = {
	.id = "skip-sync-asymmetry",
	.level = LEVEL_NOTE,
	.summary = SKIP " is passed only to the map or only to the unmap",
	.explanation =
"DMA_ATTR_SKIP_CPU_SYNC skips the cache maintenance of a mapping that the\n"
"driver syncs itself. The map and the unmap may differ in it, and dma-debug\n"
"allows that; but one of them may do needless work, or skip what is needed.\n"
"\n"
"Name this rule with --rule to review such places. On an error path it is\n"
"right to skip the sync at the unmap: the device has not written anything\n"
"yet.\n"
"\n"
"See check_unmap() in kernel/dma/debug.c and\n"
"Documentation/core-api/dma-attributes.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_UNMAP },
	.opt_in = true,
	.check = check_skip_sync_asymmetry,
};

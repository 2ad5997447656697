// SPDX-License-Identifier: GPL-2.0-only
/* Tests the constants that reach the attributes of each MMIO map and unmap. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "tree/tree.h"

#define SKIP "DMA_ATTR_SKIP_CPU_SYNC"
#define MMIO "DMA_ATTR_MMIO"

static const char *const reads[] = { SKIP, NULL };
static const char *const beside[] = { "dma_map_resource",
	"dma_unmap_resource", MMIO, NULL };

/* Whether a value of the attributes has both bits. */
static bool has_both(struct rule_run *run, const struct flow_call *call,
		     uint64_t both)
{
	struct constants set;
	uint32_t i;

	flow_call_values(run->calls, call, call->api->attrs, &set);
	for (i = 0; i < set.nr; i++)
		if ((set.values[i] & both) == both)
			return true;
	return false;
}

static bool is_redundant(struct rule_run *run, const struct flow_call *call)
{
	uint64_t skip = tree_attr_mask(run->tree, SKIP);
	uint64_t mmio = tree_attr_mask(run->tree, MMIO);

	if (call->api->attrs < 0)
		return false;
	if (call->api->implies && !strcmp(call->api->implies, MMIO))
		return flow_call_attr(run->calls, call, skip) == ATTR_HAS;
	return has_both(run, call, skip | mmio);
}

static void report_redundant_skip(const struct flow_call *call, void *data)
{
	struct rule_run *run = data;

	if (is_redundant(run, call))
		rule_report(run, &call->loc, call->module,
			    "%s() never syncs MMIO: " SKIP
			    " has no effect", call->spelling);
}

static void check_skip_sync_with_mmio(struct rule_run *run)
{
	if (tree_attr_mask(run->tree, MMIO))
		flow_each_call(run->calls, API_MMIO | API_SINK | API_UNMAP,
			       report_redundant_skip, run);
}

const struct rule skip_sync_with_mmio_rule = {
	.id = "skip-sync-with-mmio",
	.level = LEVEL_NOTE,
	.summary = SKIP " is passed for MMIO, where it has no effect",
	.explanation =
"The CPU does not cache device registers, so mapping them syncs nothing: the\n"
"core treats DMA_ATTR_SKIP_CPU_SYNC and DMA_ATTR_MMIO alike.\n"
"dma_map_resource() always adds DMA_ATTR_MMIO. The attribute does no harm,\n"
"but the reader looks for the sync that it replaces.\n"
"\n"
"It is right in a helper that maps memory and registers with the same\n"
"attributes.\n"
"\n"
"Pass 0 instead, to the unmap as well.\n"
"\n"
"See kernel/dma/direct.h and drivers/iommu/dma-iommu.c, where both are\n"
"tested, and Documentation/core-api/dma-attributes.rst.\n",
	.needs_attr = MMIO,
	.needs = NEEDS_CALLS,
	.reads = { .names = reads, .beside = beside },
	.check = check_skip_sync_with_mmio,
};

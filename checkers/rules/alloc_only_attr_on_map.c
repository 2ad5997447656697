// SPDX-License-Identifier: GPL-2.0-only
/* Tests the constants that reach the attributes of each map and allocation. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

static void report_alloc_only_attr(const struct flow_call *call, void *data)
{
	struct rule_run *run = data;
	bool allocates = call->api->roles & API_ALLOC;
	struct constants attrs;
	uint64_t bits;
	char *names;

	if (call->api->attrs < 0)
		return;
	flow_call_values(run->calls, call, call->api->attrs, &attrs);
	if (!constants_known(&attrs))
		return;
	/* Set on some branch only, it may be for an allocation there. */
	bits = constants_common(&attrs) & (allocates ? attrs_of_maps(run->tree) :
				      attrs_of_allocations(run->tree));
	if (!bits)
		return;
	names = attr_names(run->tree, bits);
	rule_report(run, &call->loc, call->module, allocates ?
		    "%s applies to mappings, but %s() allocates memory" :
		    "%s applies to allocations, but %s() only maps memory",
		    names, call->spelling);
	free(names);
}

static void check_alloc_only_attr_on_map(struct rule_run *run)
{
	flow_each_call(run->calls, API_SINK | API_MMIO | API_ALLOC,
		       report_alloc_only_attr, run);
}

const struct rule alloc_only_attr_on_map_rule = {
	.id = "alloc-only-attr-on-map",
	.level = LEVEL_WARNING,
	.summary = "an allocation attribute is passed to a mapping function, or the reverse",
	.explanation =
"DMA_ATTR_NO_KERNEL_MAPPING, DMA_ATTR_FORCE_CONTIGUOUS,\n"
"DMA_ATTR_ALLOC_SINGLE_PAGES and DMA_ATTR_WRITE_COMBINE tell\n"
"dma_alloc_attrs() how to allocate. They have no effect on a mapping of\n"
"memory that exists already, except that dma-debug compares some of them with\n"
"those of the unmap. DMA_ATTR_SKIP_CPU_SYNC, DMA_ATTR_MMIO and\n"
"DMA_ATTR_REQUIRE_COHERENT in turn are about mappings; an allocation is\n"
"coherent anyway.\n"
"\n"
"Drop the attribute. If one variable holds the attributes of an allocation\n"
"and of a mapping of it, pass 0 or a separate variable to the map and to the\n"
"unmap.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_MMIO | API_ALLOC },
	.check = check_alloc_only_attr_on_map,
};

// SPDX-License-Identifier: GPL-2.0-only
/* Tests the attributes of each map and unmap of pages. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_MMIO"

static const char *const reads[] = { ATTR, NULL };

static void report_mmio_entry_point(const struct flow_call *call, void *data)
{
	struct rule_run *run = data;

	if ((!api_in_family(call->api, "page") && !api_in_family(call->api, "sg")) ||
	    flow_call_attr(run->calls, call,
			   tree_attr_mask(run->tree, ATTR)) != ATTR_HAS)
		return;
	if (call->api->roles & API_UNMAP)
		rule_report(run, &call->loc, call->module,
			    "%s() cannot unmap a mapping with " ATTR
			    ": use dma_unmap_phys()", call->spelling);
	else
		rule_report(run, &call->loc, call->module,
			    "%s() cannot map with " ATTR
			    ": use dma_map_phys()", call->spelling);
}

static void check_mmio_wrong_entry_point(struct rule_run *run)
{
	if (tree_attr_mask(run->tree, ATTR))
		flow_each_call(run->calls, API_SINK | API_UNMAP,
			       report_mmio_entry_point, run);
}

const struct rule mmio_wrong_entry_point_rule = {
	.id = "mmio-wrong-entry-point",
	.level = LEVEL_ERROR,
	.summary = ATTR " is passed to a function that maps pages",
	.explanation =
"DMA_ATTR_MMIO says that the mapped range is not memory but device registers,\n"
"which have no struct page and must not be cached. Functions that take pages,\n"
"buffers or scatterlists cannot map it: dma_map_page_attrs() and\n"
"dma_map_single_attrs() always return DMA_MAPPING_ERROR, the scatterlist\n"
"functions pass the attribute to an architecture that may refuse it, and\n"
"dma_unmap_page_attrs() returns silently and leaks the mapping.\n"
"\n"
"Functions that only test the bit, such as an implementation of dma_map_ops,\n"
"are right.\n"
"\n"
"Call dma_map_phys() with the physical address, or dma_map_resource(), and\n"
"unmap with dma_unmap_phys() or dma_unmap_resource(). For a list of ranges\n"
"use dma_iova_link().\n"
"\n"
"See kernel/dma/mapping.c, dma_map_page_attrs() and dma_unmap_page_attrs(),\n"
"and Documentation/core-api/dma-attributes.rst, DMA_ATTR_MMIO.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_CALLS,
	.reads = { .names = reads },
	.check = check_mmio_wrong_entry_point,
};

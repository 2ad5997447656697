// SPDX-License-Identifier: GPL-2.0-only
/* Compares the modules that call dma_map_resource() and dma_unmap_resource(). */
#include "rules/common/scan.h"

static const char *const names[] = { "dma_map_resource",
	"dma_unmap_resource", NULL };

/* Modules that unmap somewhere. */
static void find_resource_unmap(const struct scan *s, const struct op *op,
				void *modules)
{
	size_t i;

	if (scan_calls(s, op, "dma_unmap_resource"))
		for (i = 0; i < s->v.unit->nr_modules; i++)
			intern(modules, s->v.unit->modules[i]);
}

static void check_resource_map(const struct scan *s, const struct op *op,
			       void *modules)
{
	size_t i;

	if (!scan_calls(s, op, "dma_map_resource"))
		return;
	for (i = 0; i < s->v.unit->nr_modules; i++)
		if (intern_has(modules, s->v.unit->modules[i]))
			return;
	scan_report(s, op, "this module never calls dma_unmap_resource()");
}

static void check_mmio_map_never_unmapped(struct rule_run *run)
{
	struct intern_pool modules = INTERN_POOL_INIT;

	scan_each_op(run, find_resource_unmap, &modules);
	scan_each_op(run, check_resource_map, &modules);
	intern_release(&modules);
}

const struct rule mmio_map_never_unmapped_rule = {
	.id = "mmio-map-never-unmapped",
	.level = LEVEL_WARNING,
	.summary = "MMIO is mapped for DMA and never unmapped",
	.explanation =
"dma_map_resource() allocates a range of the device's I/O address space if\n"
"there is an IOMMU. The module never releases it: each time the driver is\n"
"bound, or the channel set up, another range leaks, and the device can still\n"
"access the registers when the driver is gone. With CONFIG_DMA_API_DEBUG the\n"
"kernel reports this when the device is released.\n"
"\n"
"The code is right in a driver that cannot be unloaded and whose device\n"
"cannot be unbound.\n"
"\n"
"Call dma_unmap_resource() where the mapping ends, also on error paths, or\n"
"register it with devm_add_action_or_reset().\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_map_resource(), and\n"
"kernel/dma/debug.c, dma_debug_device_change().\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_mmio_map_never_unmapped,
};

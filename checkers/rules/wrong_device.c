// SPDX-License-Identifier: GPL-2.0-only
/* Mappings for a device that a subsystem made for sysfs. */
#include "rules/rule.h"

#include "rules/common/lives.h"

static void wrong_device_in_call(const struct scan *s, const struct op *op,
				 const struct api_function *api, void *data)
{
	const struct arg_detail *d = view_detail(&s->v, op, 0);

	(void)api;
	(void)data;
	if (!d || !d->field ||
	    !api_is_class_device(s->run->api, view_str(&s->v, d->record),
				 view_str(&s->v, d->field)))
		return;
	scan_report(s, op, "%s() for the %s of struct %s, which does no DMA",
		    view_str(&s->v, op->spelling), view_str(&s->v, d->field),
		    view_str(&s->v, d->record));
}

static void check_wrong_device(struct rule_run *run)
{
	scan_each_call(run, API_SINK | API_MMIO | API_ALLOC,
		       wrong_device_in_call, NULL);
}

const struct rule wrong_device_rule = {
	.id = "wrong-device",
	.level = LEVEL_WARNING,
	.summary = "memory is mapped for a device of a class, which does no DMA",
	.explanation =
"The device that is given to the DMA API decides how memory is mapped: its\n"
"DMA mask, its IOMMU, its bounce buffers. A subsystem makes a struct device\n"
"of its own for sysfs (struct net_device, struct fb_info, struct mmc_host and\n"
"others have one). No bus set that up: it has no mask and no IOMMU, and a\n"
"mapping for it fails or is wrong.\n"
"\n"
"Pass the device that is on the bus: its parent, mostly. Which devices are\n"
"of that kind stands in [class-device] of kernel-api.conf.\n"
"\n"
"See Documentation/core-api/dma-api.rst, and dma_supported().\n",
	.needs = NEEDS_CALLS,
	.lost = "",
	.reads = { .roles = API_SINK | API_MMIO | API_ALLOC },
	.check = check_wrong_device,
};

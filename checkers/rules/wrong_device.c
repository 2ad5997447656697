// SPDX-License-Identifier: GPL-2.0-only
/* Mappings for a device that a subsystem made for sysfs. */
#include "rules/rule.h"

#include "lib/alloc.h"
#include "rules/common/lives.h"
#include "tree/tree.h"

/*
 * Whether the file gives such a device the DMA mask of another one: it works then
 * where nothing but the mask counts.
 */
static bool has_mask(const struct scan *s, const char *field)
{
	char *text = tree_read(s->run->tree, s->v.unit->file, NULL);
	char *sets = xstrfmt("%s.dma_mask = ", field);
	bool found = text && strstr(text, sets);

	free(sets);
	free(text);
	return found;
}

static void wrong_device_in_call(const struct scan *s, const struct op *op,
				 const struct api_function *api, void *data)
{
	const struct arg_detail *d = view_detail(&s->v, op, 0);
	const char *record, *field;

	(void)api;
	(void)data;
	if (!d || !d->field)
		return;
	record = view_str(&s->v, d->record);
	field = view_str(&s->v, d->field);
	if (!api_is_class_device(s->run->api, record, field))
		return;
	if (has_mask(s, field))
		scan_report_level(s, op, LEVEL_NOTE,
				  "%s() for the %s of struct %s, which has but a copied DMA mask",
				  view_str(&s->v, op->spelling), field, record);
	else
		scan_report(s, op, "%s() for the %s of struct %s, which does no DMA",
			    view_str(&s->v, op->spelling), field, record);
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
"The device that is passed to the DMA API determines how memory is mapped:\n"
"its DMA mask, its IOMMU, its bounce buffers. Subsystems create another\n"
"struct device for sysfs (in struct net_device, struct fb_info, struct\n"
"mmc_host and others). No bus has set that up: it has no mask and no IOMMU,\n"
"and a mapping for it fails or is wrong.\n"
"\n"
"It is a note if the driver copies the DMA mask of the real device: that\n"
"works without an IOMMU and without a pool of the device.\n"
"\n"
"Pass the device that is on the bus, usually the parent. [class-device] in\n"
"kernel-api.conf lists the devices of classes.\n"
"\n"
"See Documentation/core-api/dma-api.rst, and dma_supported().\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_MMIO | API_ALLOC },
	.check = check_wrong_device,
};

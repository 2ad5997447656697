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
"The device that is given to the DMA API decides how memory is mapped: its\n"
"DMA mask, its IOMMU, its bounce buffers. A subsystem makes a struct device\n"
"of its own for sysfs (struct net_device, struct fb_info, struct mmc_host and\n"
"others have one). No bus set that up: it has no mask and no IOMMU, and a\n"
"mapping for it fails or is wrong.\n"
"\n"
"It is a note where the driver copies the DMA mask of the real device: without\n"
"an IOMMU or a pool of its own that works.\n"
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

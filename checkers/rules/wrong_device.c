// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings for a device that a subsystem made for sysfs, for none, and for another
 * one than they are undone for.
 */
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

/* Whether `parent` is written as the parent of the device `dev`. */
static bool is_parent(const char *parent, const char *dev)
{
	size_t len = strlen(dev);

	if (*dev == '&') {
		dev++;
		len--;
	}
	return len && !strncmp(parent, dev, len) &&
	       (!strcmp(parent + len, "->parent") ||
		!strcmp(parent + len, ".parent"));
}

/* Mapped for a device and unmapped for its parent, or the other way round. */
static void wrong_device_in_unmap(const struct scan *s,
				  const struct life_function *f,
				  const struct op *op,
				  const struct api_function *api)
{
	const char *here = view_text(&f->v, op, 0), *there;
	struct life_origins o;
	struct finding *found;

	lifetimes_origins(rule_lifetimes(s->run), f,
			  view_arg(&f->v, op, api->handle.arg), &o);
	if (o.nr != 1 || o.others || o.list[0].in->v.fn != f->v.fn ||
	    o.list[0].in->v.set != f->v.set)
		return;
	there = view_text(&f->v, view_op(&f->v, o.list[0].op), 0);
	if (!is_parent(here, there) && !is_parent(there, here))
		return;
	found = scan_report(s, op, "%s() for %s, but %s for %s",
			    view_str(&s->v, op->spelling), here,
			    api->roles & API_FREE ? "allocated" : "mapped",
			    there);
	lives_step(found, &f->v, o.list[0].op, api->roles & API_FREE ?
		   "it is allocated here" : "it is mapped here");
}

static void wrong_device_in_function(const struct scan *s,
				     const struct life_function *f, void *data)
{
	uint32_t i;

	(void)data;
	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);
		const struct api_function *api =
			scan_api(s, op, API_UNMAP | API_FREE);

		if (api && api->handle.arg > 0)
			wrong_device_in_unmap(s, f, op, api);
	}
}

/* dma_map_single(NULL, ...): there is no bus without a device. */
static void no_device_in_call(const struct scan *s, const struct op *op,
			      const struct api_function *api, void *data)
{
	(void)api;
	(void)data;
	if (!strcmp(view_text(&s->v, op, 0), "NULL"))
		scan_report(s, op, "%s() for no device",
			    view_str(&s->v, op->spelling));
}

static void check_wrong_device(struct rule_run *run)
{
	lives_each_function(run, wrong_device_in_function, NULL);
	scan_each_call(run, API_SINK | API_MMIO | API_ALLOC | API_UNMAP |
		       API_FREE, no_device_in_call, NULL);
	scan_each_call(run, API_SINK | API_MMIO | API_ALLOC,
		       wrong_device_in_call, NULL);
}

const struct rule wrong_device_rule = {
	.id = "wrong-device",
	.level = LEVEL_WARNING,
	.summary = "memory is mapped or unmapped for a device that is not the one that does DMA",
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
"What is mapped for one device cannot be unmapped for its parent. Without a\n"
"device (NULL) nothing can be mapped: kernel/dma/mapping.c reads its DMA mask.\n"
"\n"
"Pass the device that is on the bus, usually the parent. [class-device] in\n"
"kernel-api.conf lists the devices of classes.\n"
"\n"
"See Documentation/core-api/dma-api.rst, and dma_supported().\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_MMIO | API_ALLOC | API_UNMAP |
			    API_FREE },
	.check = check_wrong_device,
};

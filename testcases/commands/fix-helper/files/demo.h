/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DEMO_DRM_H
#define DEMO_DRM_H

#include <drm/drm_gem.h>
#include <linux/kernel.h>
#include <linux/scatterlist.h>

struct demo_object;

struct demo_object_ops {
	int (*get_pages)(struct demo_object *obj);
	void (*put_pages)(struct demo_object *obj, struct sg_table *pages);
};

struct demo_object {
	struct drm_gem_object base;
	const struct demo_object_ops *ops;
	unsigned long addr;
	unsigned int npages;
	struct page **pvec;
	struct sg_table *pages;
};

static inline void demo_set_pages(struct demo_object *obj,
				  struct sg_table *pages)
{
	obj->pages = pages;
}

int __must_check demo_prepare_pages(struct demo_object *obj,
				    struct sg_table *pages);
void demo_finish_pages(struct demo_object *obj, struct sg_table *pages);

extern const struct demo_object_ops demo_internal_ops;
extern const struct demo_object_ops demo_userptr_ops;

int demo_object_get(struct demo_object *obj);
void demo_object_put(struct demo_object *obj);

#endif

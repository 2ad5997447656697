/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DEMO_DRM_H
#define DEMO_DRM_H

#include <drm/drm_gem.h>
#include <linux/kernel.h>
#include <linux/scatterlist.h>

/* A buffer object on memory of user space. */
struct demo_userptr {
	struct drm_gem_object base;
	unsigned long addr;
	unsigned int npages;
	struct page **pages;
	struct sg_table sgt;
};

static inline struct demo_userptr *to_demo_userptr(struct drm_gem_object *obj)
{
	return container_of(obj, struct demo_userptr, base);
}

struct drm_gem_object *demo_userptr_create(struct drm_device *drm,
					   unsigned long addr, size_t size);
void demo_userptr_free(struct drm_gem_object *obj);

#endif

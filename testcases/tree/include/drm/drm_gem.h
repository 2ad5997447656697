/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _DRM_DRM_GEM_H
#define _DRM_DRM_GEM_H

#include <linux/types.h>

struct drm_device {
	struct device *dev;
};

struct drm_gem_object;

struct drm_gem_object_funcs {
	void (*free)(struct drm_gem_object *obj);
};

struct drm_gem_object {
	struct drm_device *dev;
	size_t size;
	const struct drm_gem_object_funcs *funcs;
};

#endif

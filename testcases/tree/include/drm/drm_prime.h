/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _DRM_DRM_PRIME_H
#define _DRM_DRM_PRIME_H

#include <linux/types.h>

struct drm_device;
struct page;
struct sg_table;

struct sg_table *drm_prime_pages_to_sg(struct drm_device *dev,
				       struct page **pages, unsigned int nr_pages);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#include <drm/drm_gem.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo_buffer {
	struct device *dev;
	struct page *pages[16];
	struct sg_table *sgt;
};

/*
 * Each caller unmaps by itself.
 */
int demo_map(struct demo_buffer *b, struct sg_table *sgt);

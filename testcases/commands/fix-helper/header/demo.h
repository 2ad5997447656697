/* SPDX-License-Identifier: GPL-2.0-only */
#include <drm/drm_gem.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo_buffer {
	struct device *dev;
	struct page *pages[16];
	struct sg_table *sgt;
};

static inline int demo_map(struct demo_buffer *b, struct sg_table *sgt)
{
	return dma_map_sgtable(b->dev, sgt, DMA_BIDIRECTIONAL,
			       DMA_ATTR_SKIP_CPU_SYNC);
}

static inline void demo_unmap(struct demo_buffer *b, struct sg_table *sgt)
{
	dma_unmap_sgtable(b->dev, sgt, DMA_BIDIRECTIONAL,
			  DMA_ATTR_SKIP_CPU_SYNC);
}

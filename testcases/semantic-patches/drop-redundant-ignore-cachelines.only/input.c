// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_named(struct device *dev, struct sg_table *sgt)
{
	unsigned long attrs = DMA_ATTR_REQUIRE_COHERENT |
			      DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;

	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, attrs);
}

static int demo_other(struct device *dev, struct sg_table *sgt)
{
	unsigned long attrs = DMA_ATTR_REQUIRE_COHERENT |
			      DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;

	attrs |= DMA_ATTR_CPU_CACHE_CLEAN;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, attrs);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* A mask: stays. */
#define DEMO_QUIET	(DMA_ATTR_REQUIRE_COHERENT | DMA_ATTR_CPU_CACHE_CLEAN)

static const unsigned long demo_attrs = DMA_ATTR_REQUIRE_COHERENT |
					DMA_ATTR_CPU_CACHE_OVERLAP;

static int demo_map(struct device *dev, struct sg_table *sgt, bool user)
{
	unsigned long attrs = DMA_ATTR_NO_WARN;
	int ret;

	ret = dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL,
			      DMA_ATTR_REQUIRE_COHERENT |
			      DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
	if (ret)
		return ret;
	dma_unmap_sgtable(dev, sgt, DMA_BIDIRECTIONAL,
			  DMA_ATTR_DEBUGGING_IGNORE_CACHELINES |
			  DMA_ATTR_NO_WARN | DMA_ATTR_REQUIRE_COHERENT);

	attrs |= DMA_ATTR_REQUIRE_COHERENT;
	attrs |= DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, attrs);
}

/* One or the other, and masks: these stay. */
static int demo_either(struct device *dev, struct sg_table *sgt, bool user,
		       unsigned long attrs)
{
	if (attrs & (DMA_ATTR_REQUIRE_COHERENT |
		     DMA_ATTR_DEBUGGING_IGNORE_CACHELINES))
		return 0;
	attrs &= ~(DMA_ATTR_REQUIRE_COHERENT | DMA_ATTR_CPU_CACHE_CLEAN);
	if (user)
		attrs |= DMA_ATTR_REQUIRE_COHERENT;
	else
		attrs |= DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, attrs);
}

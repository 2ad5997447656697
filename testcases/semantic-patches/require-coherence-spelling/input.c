// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#define DEMO_ATTRS	(DMA_ATTR_REQUIRE_COHERENCE | DMA_ATTR_NO_WARN)

/* Names of others that only look alike stay. */
#define DEMO_DMA_ATTR_REQUIRE_COHERENCE	1

static int demo_map(struct device *dev, struct sg_table *sgt, bool user)
{
	unsigned long attrs = user ? DMA_ATTR_REQUIRE_COHERENCE : 0;

	if (attrs & DMA_ATTR_REQUIRE_COHERENCE)
		dev_dbg(dev, "DMA_ATTR_REQUIRE_COHERENCE\n");
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, attrs);
}

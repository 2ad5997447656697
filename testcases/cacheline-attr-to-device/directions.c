// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

dma_addr_t out(struct device *dev, void *p);
dma_addr_t in(struct device *dev, void *p);
dma_addr_t user_out(struct device *dev, void *p);
int both_ways(struct device *dev, void *p, dma_addr_t *dma);

dma_addr_t out(struct device *dev, void *p)
{
	return dma_map_single_attrs(dev, p, 64, DMA_TO_DEVICE,
				    DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
}

dma_addr_t in(struct device *dev, void *p)
{
	return dma_map_single_attrs(dev, p, 64, DMA_FROM_DEVICE,
				    DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
}

/* This one refuses to bounce in each direction. */
dma_addr_t user_out(struct device *dev, void *p)
{
	return dma_map_single_attrs(dev, p, 64, DMA_TO_DEVICE,
				    DMA_ATTR_REQUIRE_COHERENT);
}

/* One function for both directions. */
static dma_addr_t map_one(struct device *dev, void *p,
			  enum dma_data_direction dir, unsigned long attrs)
{
	return dma_map_single_attrs(dev, p, 64, dir, attrs);
}

int both_ways(struct device *dev, void *p, dma_addr_t *dma)
{
	dma[0] = map_one(dev, p, DMA_TO_DEVICE, 0);
	dma[1] = map_one(dev, p, DMA_FROM_DEVICE,
			 DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
	return 0;
}

/*
 * check-name: the attribute for cache lines that the device only reads
 * check-command: dmacheck check --level note
 * check-output-start
 * directions.c:11:9: note: DMA_ATTR_DEBUGGING_IGNORE_CACHELINES has no effect on a DMA_TO_DEVICE mapping [cacheline-attr-to-device]
 * check-output-end
 */

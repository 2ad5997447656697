// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include "demo.h"

dma_addr_t demo_map(struct device *dev, void *p, size_t n)
{
	return dma_map_single(dev, p, n, DMA_TO_DEVICE);
}

void demo_keep(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->addr = dma_map_single(dev, p, n, DMA_TO_DEVICE);
	demo->other = dma_map_single(dev, p, n, DMA_FROM_DEVICE);
}

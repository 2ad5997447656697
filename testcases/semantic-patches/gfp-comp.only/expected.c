// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static void *demo_alloc(struct device *dev, size_t size, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, size, dma, GFP_KERNEL);
}

static void *demo_other(struct device *dev, size_t size, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, size, dma, GFP_KERNEL | __GFP_COMP);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/gfp.h>

void *demo_alloc(struct device *dev, size_t size, dma_addr_t *dma);

void *demo_alloc(struct device *dev, size_t size, dma_addr_t *dma)
{
	gfp_t gfp = GFP_KERNEL | __GFP_COMP;

	return dma_alloc_coherent(dev, size, dma, gfp);
}

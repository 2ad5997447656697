// SPDX-License-Identifier: GPL-2.0-only
/* module: policy */
#include <linux/dma-mapping.h>
#include <linux/gfp.h>

void *known(struct device *dev, size_t n, dma_addr_t *dma);
void *other(struct device *dev, size_t n, dma_addr_t *dma);

void *known(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, GFP_KERNEL | __GFP_COMP);
}

void *other(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, GFP_KERNEL | __GFP_COMP);
}

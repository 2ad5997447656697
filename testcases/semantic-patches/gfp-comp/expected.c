// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static void *demo_alloc(struct device *dev, size_t size, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, size, dma, GFP_KERNEL);
}

static int demo_ring(struct demo *demo)
{
	demo->ring = dma_alloc_attrs(demo->dev, DEMO_RING_SIZE, &demo->ring_dma,
				     GFP_KERNEL | __GFP_NOWARN,
				     DMA_ATTR_WEAK_ORDERING);
	demo->pool = dma_pool_alloc(demo->descs, GFP_ATOMIC,
				    &demo->pool_dma);
	return demo->ring && demo->pool ? 0 : -ENOMEM;
}

static struct page *demo_pages(unsigned int order)
{
	return alloc_pages(GFP_KERNEL | __GFP_COMP, order);
}

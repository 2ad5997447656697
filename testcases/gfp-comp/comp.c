// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/mm.h>

void *direct(struct device *dev, size_t n, dma_addr_t *dma);
void *kept(struct device *dev, size_t n, dma_addr_t *dma, bool wait);
void *right(struct device *dev, size_t n, dma_addr_t *dma);
struct page *pages(unsigned int order);

void *direct(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, GFP_KERNEL | __GFP_COMP);
}

void *kept(struct device *dev, size_t n, dma_addr_t *dma, bool wait)
{
	gfp_t gfp = __GFP_COMP | __GFP_ZERO;

	gfp |= wait ? GFP_KERNEL : GFP_ATOMIC;
	return dma_alloc_attrs(dev, n, dma, gfp, 0);
}

/* Nothing to be said of these. */
void *right(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, GFP_KERNEL | __GFP_NOWARN);
}

struct page *pages(unsigned int order)
{
	return alloc_pages(GFP_KERNEL | __GFP_COMP, order);
}

/*
 * check-name: memory for DMA is asked for as a compound page
 * check-output-start
 * comp.c:13:9: warning: dma_alloc_coherent() does not accept __GFP_COMP [gfp-comp]
 * comp.c:21:9: warning: dma_alloc_attrs() does not accept __GFP_COMP [gfp-comp]
 * check-output-end
 */

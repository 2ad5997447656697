// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

void *zero(struct device *dev, size_t n, dma_addr_t *dma);
void *kept(struct device *dev, size_t n, dma_addr_t *dma, bool wait);
void *right(struct device *dev, size_t n, dma_addr_t *dma);
void *no_wait(struct device *dev, size_t n, dma_addr_t *dma);
void *of_caller(struct device *dev, size_t n, dma_addr_t *dma, gfp_t gfp);

void *zero(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, 0);
}

void *kept(struct device *dev, size_t n, dma_addr_t *dma, bool wait)
{
	gfp_t gfp = 0;

	if (wait)
		gfp = GFP_KERNEL;
	return dma_alloc_coherent(dev, n, dma, gfp);
}

/* Nothing to be said of these. */
void *right(struct device *dev, size_t n, dma_addr_t *dma)
{
	gfp_t gfp = 0;

	gfp |= GFP_KERNEL;
	return dma_alloc_attrs(dev, n, dma, gfp, 0);
}

void *no_wait(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_attrs(dev, n, dma, GFP_NOWAIT, 0);
}

void *of_caller(struct device *dev, size_t n, dma_addr_t *dma, gfp_t gfp)
{
	return dma_alloc_coherent(dev, n, dma, gfp);
}

/*
 * check-name: memory for DMA with no gfp flags at all
 * check-command: dmacheck check --level note
 * check-output-start
 * zero.c:12:9: warning: dma_alloc_coherent() with gfp flags 0 can neither sleep nor wake kswapd [gfp-zero]
 * zero.c:21:9: warning: dma_alloc_coherent() with gfp flags 0 can neither sleep nor wake kswapd [gfp-zero]
 * check-output-end
 */

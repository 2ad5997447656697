// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/slab.h>

void *alone(struct device *dev, size_t n, dma_addr_t *dma);
void *alone_zeroed(struct device *dev, size_t n, dma_addr_t *dma);
void *with(struct device *dev, size_t n, dma_addr_t *dma);
void *low(struct device *dev, size_t n, dma_addr_t *dma);
void *kept(struct device *dev, size_t n, dma_addr_t *dma, bool old);
void *refused(struct device *dev, size_t n, dma_addr_t *dma);
void *right(struct device *dev, size_t n, dma_addr_t *dma);
void *mapped_later(size_t n);
void *of_caller(struct device *dev, size_t n, dma_addr_t *dma, gfp_t gfp);

void *alone(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, GFP_DMA);
}

void *alone_zeroed(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_wc(dev, n, dma, GFP_DMA | __GFP_ZERO);
}

void *with(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dmam_alloc_coherent(dev, n, dma, GFP_KERNEL | GFP_DMA);
}

void *low(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_attrs(dev, n, dma, GFP_ATOMIC | GFP_DMA32, 0);
}

void *kept(struct device *dev, size_t n, dma_addr_t *dma, bool old)
{
	gfp_t gfp = old ? GFP_KERNEL | GFP_DMA : GFP_KERNEL;

	return dma_alloc_coherent(dev, n, dma, gfp);
}

void *refused(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_noncoherent(dev, n, dma, DMA_TO_DEVICE,
				     GFP_KERNEL | GFP_DMA32);
}

/* Nothing to be said of these. */
void *right(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, GFP_KERNEL | __GFP_NOWARN);
}

void *mapped_later(size_t n)
{
	return kmalloc(n, GFP_KERNEL | GFP_DMA);
}

void *of_caller(struct device *dev, size_t n, dma_addr_t *dma, gfp_t gfp)
{
	return dma_alloc_coherent(dev, n, dma, gfp);
}

/*
 * check-name: a zone flag that dma_alloc_coherent() ignores
 * check-command: dmacheck check --level note
 * check-output-start
 * zones.c:17:9: warning: dma_alloc_coherent() ignores GFP_DMA, and the remaining gfp flags allow neither sleep nor reclaim [gfp-zone-flag-ignored]
 * zones.c:22:9: warning: dma_alloc_wc() ignores GFP_DMA, and the remaining gfp flags allow neither sleep nor reclaim [gfp-zone-flag-ignored]
 * zones.c:27:9: note: dmam_alloc_coherent() ignores GFP_DMA: the zone follows from the device's DMA mask [gfp-zone-flag-ignored]
 * zones.c:32:9: note: dma_alloc_attrs() ignores GFP_DMA32: the zone follows from the device's DMA mask [gfp-zone-flag-ignored]
 * zones.c:39:9: note: dma_alloc_coherent() ignores GFP_DMA: the zone follows from the device's DMA mask [gfp-zone-flag-ignored]
 * zones.c:44:9: warning: dma_alloc_noncoherent() rejects GFP_DMA32: it warns and fails [gfp-zone-flag-ignored]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	dma_addr_t addr;
};

void kept(struct device *dev, struct demo *demo, void *p, size_t n);
void ignored(struct device *dev, struct page *page);
void through(struct device *dev, struct demo *demo, void *p, size_t n);
dma_addr_t for_others(struct device *dev, void *p, size_t n);

void kept(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->addr = dma_map_single(dev, p, n, DMA_TO_DEVICE);
}

void ignored(struct device *dev, struct page *page)
{
	dma_map_page(dev, page, 0, 4096, DMA_FROM_DEVICE);
}

static dma_addr_t map(struct device *dev, void *p, size_t n)
{
	return dma_map_single(dev, p, n, DMA_TO_DEVICE);
}

void through(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->addr = map(dev, p, n);
}

/* Its callers may ask, who are not here. */
dma_addr_t for_others(struct device *dev, void *p, size_t n)
{
	return dma_map_single(dev, p, n, DMA_TO_DEVICE);
}

/*
 * check-name: nobody asks whether the mapping failed
 * check-exit: 1
 * check-output-start
 * unasked.c:15:15: warning: nobody asks dma_mapping_error() whether dma_map_single() failed [missing-mapping-error-check]
 * unasked.c:20:2: warning: nobody asks dma_mapping_error() whether dma_map_page() failed [missing-mapping-error-check]
 * unasked.c:25:9: warning: nobody asks dma_mapping_error() whether dma_map_single() failed [missing-mapping-error-check]
 * check-output-end
 */

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
 * check-name: a mapping that is not checked
 * check-exit: 1
 * check-output-start
 * unasked.c:15:15: warning: result of dma_map_single() is not checked with dma_mapping_error() [missing-mapping-error-check]
 * unasked.c:20:2: warning: result of dma_map_page() is not checked with dma_mapping_error() [missing-mapping-error-check]
 * unasked.c:25:9: warning: result of dma_map_single() is not checked with dma_mapping_error() [missing-mapping-error-check]
 * unasked.c:30:15: note: and not by the caller either
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

dma_addr_t map(struct device *dev, struct page *page);
dma_addr_t map_added(struct device *dev, struct page *page, int user);
dma_addr_t map_either(struct device *dev, struct page *page, int user);
dma_addr_t map_fixed(struct device *dev, struct page *page);

dma_addr_t map(struct device *dev, struct page *page)
{
	return dma_map_page_attrs(dev, page, 0, 64, DMA_FROM_DEVICE,
				  DMA_ATTR_REQUIRE_COHERENT |
				  DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
}

dma_addr_t map_added(struct device *dev, struct page *page, int user)
{
	unsigned long attrs = DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;

	if (user)
		attrs |= DMA_ATTR_REQUIRE_COHERENT;
	return dma_map_page_attrs(dev, page, 0, 64, DMA_FROM_DEVICE, attrs);
}

/* One or the other. */
dma_addr_t map_either(struct device *dev, struct page *page, int user)
{
	unsigned long attrs = DMA_ATTR_NO_WARN;

	if (user)
		attrs |= DMA_ATTR_REQUIRE_COHERENT;
	else
		attrs |= DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;
	return dma_map_page_attrs(dev, page, 0, 64, DMA_FROM_DEVICE, attrs);
}

dma_addr_t map_fixed(struct device *dev, struct page *page)
{
	return dma_map_page_attrs(dev, page, 0, 64, DMA_FROM_DEVICE,
				  DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: both attributes at once, or one of them
 * check-command: dmacheck check --level note
 * check-output-start
 * both.c:11:9: note: DMA_ATTR_DEBUGGING_IGNORE_CACHELINES is redundant with DMA_ATTR_REQUIRE_COHERENT [redundant-ignore-cachelines]
 * both.c:22:9: note: DMA_ATTR_DEBUGGING_IGNORE_CACHELINES is redundant with DMA_ATTR_REQUIRE_COHERENT [redundant-ignore-cachelines]
 * check-output-end
 */

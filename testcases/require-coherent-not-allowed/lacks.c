// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* Comes later: the driver is to build in older trees, too. */
#ifndef DMA_ATTR_REQUIRE_COHERENT
#define DMA_ATTR_REQUIRE_COHERENT 0
#endif

dma_addr_t map(struct device *dev, struct page *page);

dma_addr_t map(struct device *dev, struct page *page)
{
	return dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				  DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: a tree that lacks the attribute says so once
 * check-without: DMA_ATTR_REQUIRE_COHERENT
 * check-error: does not define DMA_ATTR_REQUIRE_COHERENT
 * check-output-start
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

dma_addr_t map(struct device *dev, struct page *page);

dma_addr_t map(struct device *dev, struct page *page)
{
	return dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				  DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: a module that policy.conf allows
 * check-output-start
 * check-output-end
 */

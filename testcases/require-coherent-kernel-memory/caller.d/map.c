// SPDX-License-Identifier: GPL-2.0-only
/* module: hmm */
#include <linux/dma-mapping.h>
#include "shared.h"

dma_addr_t map_with(struct device *dev, struct page *page,
		    unsigned long attrs)
{
	return dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				  attrs);
}

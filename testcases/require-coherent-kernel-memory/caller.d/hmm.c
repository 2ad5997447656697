// SPDX-License-Identifier: GPL-2.0-only
/* module: hmm */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include "shared.h"

/* An allowed module, and a helper that its users are wrong to call. */
dma_addr_t map_shared(struct device *dev, void *data)
{
	return dma_map_single_attrs(dev, data, 64, DMA_BIDIRECTIONAL,
				    DMA_ATTR_REQUIRE_COHERENT);
}
EXPORT_SYMBOL_GPL(map_shared);

/* This one only hands it on. */
dma_addr_t map_page_shared(struct device *dev, struct page *page)
{
	return map_with(dev, page, DMA_ATTR_REQUIRE_COHERENT);
}
EXPORT_SYMBOL_GPL(map_page_shared);

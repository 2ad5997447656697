// SPDX-License-Identifier: GPL-2.0-only
/* module: helper */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include "helper.h"

int helper_map(struct device *dev, struct page *page, dma_addr_t *dma)
{
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}
EXPORT_SYMBOL_GPL(helper_map);

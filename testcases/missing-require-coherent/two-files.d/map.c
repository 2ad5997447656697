// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_map(struct device *dev, struct demo *demo)
{
	demo->dma = dma_map_page(dev, demo->page, 0, PAGE_SIZE,
				 DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, demo->dma);
}

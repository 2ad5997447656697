// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_open(struct demo *demo, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &demo->page) != 1)
		return -EFAULT;
	demo->dma = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE,
				 DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, demo->dma);
}

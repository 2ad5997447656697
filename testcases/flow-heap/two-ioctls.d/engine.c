// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_alloc_ring(struct demo_file *demo)
{
	demo->ring = alloc_page(GFP_KERNEL);
	if (!demo->ring)
		return -ENOMEM;
	demo->ring_dma = dma_map_page(demo->dev, demo->ring, 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, demo->ring_dma);
}

int demo_start(struct demo_file *demo)
{
	int ret = sg_alloc_table_from_pages(&demo->sgt, demo->pages, demo->nr,
					    0, demo->nr * PAGE_SIZE,
					    GFP_KERNEL);

	if (ret)
		return ret;
	return dma_map_sgtable(demo->dev, &demo->sgt, DMA_BIDIRECTIONAL, 0);
}

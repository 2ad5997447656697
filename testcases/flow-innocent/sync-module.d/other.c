// SPDX-License-Identifier: GPL-2.0-only
/* module: other */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "buffer.h"

int other_open(struct device *dev, struct buffer *buf, unsigned long addr);

int other_open(struct device *dev, struct buffer *buf, unsigned long addr)
{
	buf->pages[0] = alloc_page(GFP_KERNEL);
	if (sg_alloc_table_from_pages(&buf->sgt, buf->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

void other_begin(struct device *dev, struct buffer *buf);

void other_begin(struct device *dev, struct buffer *buf)
{
	dma_sync_sgtable_for_cpu(dev, &buf->sgt, DMA_BIDIRECTIONAL);
}

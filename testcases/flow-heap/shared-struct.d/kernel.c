// SPDX-License-Identifier: GPL-2.0-only
/* module: demo-kernel */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "buffer.h"

int kernel_fill(struct buffer *buf, unsigned long addr);
int kernel_map(struct buffer *buf);

int kernel_fill(struct buffer *buf, unsigned long addr)
{
	int i;

	for (i = 0; i < 4; i++) {
		buf->pages[i] = alloc_page(GFP_KERNEL);
		if (!buf->pages[i])
			return -ENOMEM;
	}
	return sg_alloc_table_from_pages(&buf->sgt, buf->pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int kernel_map(struct buffer *buf)
{
	return dma_map_sgtable(buf->dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

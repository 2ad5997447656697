// SPDX-License-Identifier: GPL-2.0-only
/* module: demo-user */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "buffer.h"

int user_fill(struct buffer *buf, unsigned long addr);
int user_map(struct buffer *buf);

int user_fill(struct buffer *buf, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, buf->pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(&buf->sgt, buf->pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int user_map(struct buffer *buf)
{
	return dma_map_sgtable(buf->dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

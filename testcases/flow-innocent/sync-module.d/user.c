// SPDX-License-Identifier: GPL-2.0-only
/* module: user */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "buffer.h"

int user_open(struct device *dev, struct buffer *buf, unsigned long addr);

int user_open(struct device *dev, struct buffer *buf, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, buf->pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&buf->sgt, buf->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

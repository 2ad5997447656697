// SPDX-License-Identifier: GPL-2.0-only
/* module: kernel */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "core.h"

int kernel_open(struct core_buf *buf);
int kernel_map(struct core_buf *buf);

int kernel_open(struct core_buf *buf)
{
	buf->pages[0] = alloc_page(GFP_KERNEL);
	buf->nr = 1;
	return core_add(buf);
}

/* This driver maps for itself. */
int kernel_map(struct core_buf *buf)
{
	return dma_map_sgtable(buf->dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

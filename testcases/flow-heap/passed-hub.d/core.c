// SPDX-License-Identifier: GPL-2.0-only
/* module: core */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include "core.h"

int core_add(struct core_buf *buf)
{
	return sg_alloc_table_from_pages(&buf->sgt, buf->pages, buf->nr, 0,
					 buf->nr * PAGE_SIZE, GFP_KERNEL);
}
EXPORT_SYMBOL_GPL(core_add);

int core_map(struct core_buf *buf)
{
	return dma_map_sgtable(buf->dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}
EXPORT_SYMBOL_GPL(core_map);

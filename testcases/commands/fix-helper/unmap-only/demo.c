// SPDX-License-Identifier: GPL-2.0-only
#include "demo.h"

int demo_map(struct demo_buffer *b, struct sg_table *sgt)
{
	return dma_map_sgtable(b->dev, sgt, DMA_BIDIRECTIONAL,
			       DMA_ATTR_SKIP_CPU_SYNC);
}

void demo_unmap(struct demo_buffer *b, struct sg_table *sgt)
{
	dma_unmap_sgtable(b->dev, sgt, DMA_BIDIRECTIONAL,
			  DMA_ATTR_SKIP_CPU_SYNC);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* Nothing is pinned: who keeps the CPU off the cache lines may say so. */
static int demo_add_inbuf(struct demo_queue *vq, void *buf)
{
	vq->addr = dma_map_single_attrs(vq->dev, buf, 8, DMA_FROM_DEVICE,
					DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
	return dma_mapping_error(vq->dev, vq->addr);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* Kernel memory in small pieces, in a file that also pins user memory. */
static int demo_ring(struct demo_queue *vq)
{
	vq->buf = kmalloc(8, GFP_KERNEL);
	if (!vq->buf)
		return -ENOMEM;
	vq->addr = dma_map_single_attrs(vq->dev, vq->buf, 8, DMA_FROM_DEVICE,
					DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
	return dma_mapping_error(vq->dev, vq->addr);
}

static int demo_pin(struct demo_queue *vq, unsigned long start)
{
	return pin_user_pages_fast(start, 1, FOLL_LONGTERM, vq->pages);
}

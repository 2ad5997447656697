// SPDX-License-Identifier: GPL-2.0-only
/* Frames that the device reads while the program goes on writing them. */
#include <linux/dma-mapping.h>
#include "uframe.h"

static int uframe_stream_start(struct device *dev, struct uframe_frame *frame)
{
	int ret;

	ret = sg_alloc_table_from_pages(&frame->sgt, frame->pages,
					frame->nr_pages, 0,
					(unsigned long)frame->nr_pages << PAGE_SHIFT,
					GFP_KERNEL);
	if (ret)
		return ret;
	ret = dma_map_sgtable(dev, &frame->sgt, DMA_TO_DEVICE, 0);
	if (ret)
		sg_free_table(&frame->sgt);
	return ret;
}

static void uframe_stream_stop(struct device *dev, struct uframe_frame *frame)
{
	dma_unmap_sgtable(dev, &frame->sgt, DMA_TO_DEVICE, 0);
	sg_free_table(&frame->sgt);
}

const struct uframe_ops uframe_stream_ops = {
	.start = uframe_stream_start,
	.stop = uframe_stream_stop,
};

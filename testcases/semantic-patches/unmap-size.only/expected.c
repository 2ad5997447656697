// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static void demo_unmap(struct demo *demo)
{
	dma_unmap_single(demo->dev, demo->dma, DEMO_SIZE,
			 DMA_TO_DEVICE);
	dma_free_coherent(demo->dev, DEMO_SIZE, demo->ring, demo->ring_dma);
}

static void demo_other(struct demo *demo)
{
	dma_unmap_page_attrs(demo->dev, demo->dma, demo->len, DMA_TO_DEVICE, 0);
}

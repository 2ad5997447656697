// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static void demo_unmap(struct demo *demo)
{
	dma_unmap_single(demo->dev, demo->dma, demo->len, DMA_TO_DEVICE);
	dma_unmap_sg_attrs(demo->dev, demo->sg, demo->nents, DMA_BIDIRECTIONAL,
			   DMA_ATTR_SKIP_CPU_SYNC);
}

static void demo_other(struct demo *demo)
{
	dma_unmap_page(demo->dev, demo->dma, demo->len, DMA_TO_DEVICE);
}

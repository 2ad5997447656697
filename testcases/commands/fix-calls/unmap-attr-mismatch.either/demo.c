// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	struct device *dev;
	void *buf;
	dma_addr_t dma;
};

int demo_start(struct demo *demo);
void demo_stop(struct demo *demo);

int demo_start(struct demo *demo)
{
	demo->dma = dma_map_single(demo->dev, demo->buf, 64, DMA_FROM_DEVICE);
	if (dma_mapping_error(demo->dev, demo->dma))
		return -ENOMEM;
	return 0;
}

void demo_stop(struct demo *demo)
{
	dma_unmap_single(demo->dev, demo->dma, 64, DMA_TO_DEVICE);
}

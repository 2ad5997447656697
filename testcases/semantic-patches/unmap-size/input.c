// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_map(struct demo *demo)
{
	int i;

	for (i = 0; i < DEMO_NR; i++) {
		demo->dma[i] = dma_map_single(demo->dev, demo->desc,
					      sizeof(*demo->desc),
					      DMA_TO_DEVICE);
		if (dma_mapping_error(demo->dev, demo->dma[i]))
			goto unmap;
	}
	return 0;

unmap:
	while (i--)
		dma_unmap_single(demo->dev, demo->dma[i], sizeof(demo->desc),
				 DMA_TO_DEVICE);
	return -ENOMEM;
}

static void demo_pointers(struct device *dev, void **list)
{
	dma_addr_t dma = dma_map_single(dev, list, sizeof(list), DMA_TO_DEVICE);

	dma_unmap_single(dev, dma, sizeof(list), DMA_TO_DEVICE);
}

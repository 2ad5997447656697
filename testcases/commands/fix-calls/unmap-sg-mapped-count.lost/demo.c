// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

int demo_map(struct device *dev, struct scatterlist *sg, int n);
int demo_start(struct device *dev, struct scatterlist *sg, int n);

int demo_map(struct device *dev, struct scatterlist *sg, int n)
{
	n = dma_map_sg(dev, sg, n, DMA_FROM_DEVICE);
	if (!n)
		return -EIO;
	demo_start(dev, sg, n);
	dma_unmap_sg(dev, sg, n, DMA_FROM_DEVICE);
	return 0;
}

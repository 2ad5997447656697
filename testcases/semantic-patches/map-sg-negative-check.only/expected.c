// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_named(struct device *dev, struct scatterlist *sg, int n)
{
	int ret;

	ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (!ret)
		return -ENOMEM;
	return 0;
}

static int demo_other(struct device *dev, struct scatterlist *sg, int n)
{
	int ret;

	ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (ret < 0)
		return ret;
	return 0;
}

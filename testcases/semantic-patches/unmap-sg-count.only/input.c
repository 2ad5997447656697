// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_list(struct device *dev, struct scatterlist *sg, int n)
{
	int mapped = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	if (!mapped)
		return -EIO;
	dma_sync_sg_for_cpu(dev, sg, mapped, DMA_TO_DEVICE);
	if (demo_start(dev, sg, mapped))
		goto unmap;
	return 0;

unmap:
	dma_unmap_sg(dev, sg, mapped, DMA_TO_DEVICE);
	return -EIO;
}

static int demo_other(struct device *dev, struct scatterlist *sg, int n)
{
	int mapped = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	if (!mapped)
		return -EIO;
	dma_sync_sg_for_cpu(dev, sg, mapped, DMA_TO_DEVICE);
	if (demo_start(dev, sg, mapped))
		goto unmap;
	return 0;

unmap:
	dma_unmap_sg(dev, sg, mapped, DMA_TO_DEVICE);
	return -EIO;
}

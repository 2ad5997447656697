// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

int demo_map(struct device *dev, struct scatterlist *sg, int nents);
int demo_start(struct device *dev, struct scatterlist *sg, int mapped);
void demo_unmap(struct device *dev, struct sg_table *sgt);
int demo_map_table(struct device *dev, struct sg_table *sgt);

int demo_map(struct device *dev, struct scatterlist *sg, int nents)
{
	int mapped = dma_map_sg(dev, sg, nents, DMA_FROM_DEVICE);
	int ret;

	if (!mapped)
		return -EIO;
	ret = demo_start(dev, sg, mapped);
	dma_sync_sg_for_cpu(dev, sg, mapped, DMA_FROM_DEVICE);
	if (ret)
		goto unmap;
	return 0;

unmap:
	dma_unmap_sg(dev, sg, mapped, DMA_FROM_DEVICE);
	return ret;
}

int demo_map_table(struct device *dev, struct sg_table *sgt)
{
	return dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
}

void demo_unmap(struct device *dev, struct sg_table *sgt)
{
	dma_unmap_sg(dev, sgt->sgl, sgt->nents, DMA_TO_DEVICE);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	struct scatterlist *sg;
	int nents, mapped;
};

int in_function(struct device *dev, struct scatterlist *sg, int n);
int overwritten(struct device *dev, struct scatterlist *sg, int n);
int two(struct device *dev, struct scatterlist *sg);
int start(struct device *dev, struct demo *demo);
void stop(struct device *dev, struct demo *demo);
void stop_right(struct device *dev, struct demo *demo);
int right(struct device *dev, struct scatterlist *sg, int n);
int one(struct device *dev, struct scatterlist *sg);
int right_table(struct device *dev, struct sg_table *sgt);

int in_function(struct device *dev, struct scatterlist *sg, int n)
{
	int mapped = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	if (!mapped)
		return -EIO;
	dma_sync_sg_for_cpu(dev, sg, mapped, DMA_TO_DEVICE);
	dma_unmap_sg(dev, sg, mapped, DMA_TO_DEVICE);
	return 0;
}

int overwritten(struct device *dev, struct scatterlist *sg, int n)
{
	n = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (!n)
		return -EIO;
	dma_unmap_sg(dev, sg, n, DMA_TO_DEVICE);
	return 0;
}

int two(struct device *dev, struct scatterlist *sg)
{
	int mapped = dma_map_sg(dev, sg, 2, DMA_TO_DEVICE);

	if (!mapped)
		return -EIO;
	dma_unmap_sg(dev, sg, mapped, DMA_TO_DEVICE);
	return 0;
}

int start(struct device *dev, struct demo *demo)
{
	demo->mapped = dma_map_sg(dev, demo->sg, demo->nents, DMA_TO_DEVICE);
	return demo->mapped ? 0 : -EIO;
}

void stop(struct device *dev, struct demo *demo)
{
	dma_unmap_sg(dev, demo->sg, demo->mapped, DMA_TO_DEVICE);
}

/* All of these are right. */
void stop_right(struct device *dev, struct demo *demo)
{
	dma_unmap_sg(dev, demo->sg, demo->nents, DMA_TO_DEVICE);
}

int right(struct device *dev, struct scatterlist *sg, int n)
{
	int mapped = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	if (!mapped)
		return -EIO;
	dma_unmap_sg(dev, sg, n, DMA_TO_DEVICE);
	return 0;
}

int one(struct device *dev, struct scatterlist *sg)
{
	int mapped = dma_map_sg(dev, sg, 1, DMA_TO_DEVICE);

	if (!mapped)
		return -EIO;
	dma_unmap_sg(dev, sg, mapped, DMA_TO_DEVICE);
	return 0;
}

int right_table(struct device *dev, struct sg_table *sgt)
{
	if (dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0))
		return -EIO;
	dma_unmap_sg(dev, sgt->sgl, sgt->orig_nents, DMA_TO_DEVICE);
	return 0;
}

/*
 * check-name: unmapped with the number of entries that were mapped
 * check-exit: 1
 * check-output-start
 * count.c:25:2: error: dma_sync_sg_for_cpu() must be passed the nents given to dma_map_sg(), but mapped is the count that it returned [unmap-sg-mapped-count]
 * count.c:26:2: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but mapped is the count that it returned [unmap-sg-mapped-count]
 * count.c:35:2: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but n is the count that it returned [unmap-sg-mapped-count]
 * count.c:45:2: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but mapped is the count that it returned [unmap-sg-mapped-count]
 * count.c:57:2: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but demo->mapped is the count that it returned [unmap-sg-mapped-count]
 * check-output-end
 */

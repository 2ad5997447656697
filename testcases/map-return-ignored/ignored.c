// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

void start(struct device *dev, struct scatterlist *sg, int n);
int start_table(struct device *dev, struct sg_table *sgt);
int checked(struct device *dev, struct scatterlist *sg, int n);
int checked_table(struct device *dev, struct sg_table *sgt);
int passed_on(struct device *dev, struct sg_table *sgt);

void start(struct device *dev, struct scatterlist *sg, int n)
{
	dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
}

int start_table(struct device *dev, struct sg_table *sgt)
{
	if (sgt->nents)
		dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int checked(struct device *dev, struct scatterlist *sg, int n)
{
	if (!dma_map_sg(dev, sg, n, DMA_TO_DEVICE))
		return -EIO;
	return 0;
}

int checked_table(struct device *dev, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);

	return ret ? -ENOMEM : 0;
}

int passed_on(struct device *dev, struct sg_table *sgt)
{
	return dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
}

/*
 * check-name: a mapping whose result nobody looks at
 * check-output-start
 * ignored.c:12:2: warning: result of dma_map_sg() is ignored: the mapping may have failed [map-return-ignored]
 * ignored.c:18:3: warning: result of dma_map_sgtable() is ignored: the mapping may have failed [map-return-ignored]
 * check-output-end
 */

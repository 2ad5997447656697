// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

int start(struct device *dev);
int overwritten(struct device *dev, struct scatterlist *sg);
int in_loop(struct device *dev, struct scatterlist *sg, int n);
int later(struct device *dev, struct scatterlist *sg);
int next_round(struct device *dev, struct scatterlist *sg, int n);
int indexed(struct device *dev, struct sg_table *sgt);

int overwritten(struct device *dev, struct scatterlist *sg)
{
	int ret;

	ret = dma_map_sg(dev, sg, 1, DMA_TO_DEVICE);
	ret = start(dev);
	return ret;
}

int in_loop(struct device *dev, struct scatterlist *sg, int n)
{
	int ret, i;

	for (i = 0; i < n; i++) {
		ret = dma_map_sg(dev, sg + i, 1, DMA_TO_DEVICE);
		if (start(dev)) {
			ret = -EINVAL;
			goto out;
		}
	}
	ret = 0;
out:
	return ret;
}

int later(struct device *dev, struct scatterlist *sg)
{
	int ret, err;

	ret = dma_map_sg(dev, sg, 1, DMA_TO_DEVICE);
	err = start(dev);
	return ret ? err : -EIO;
}

int next_round(struct device *dev, struct scatterlist *sg, int n)
{
	int ret = 1, i;

	for (i = 0; i < n; i++) {
		if (!ret)
			return -EIO;
		ret = dma_map_sg(dev, sg + i, 1, DMA_TO_DEVICE);
	}
	ret = start(dev);
	return ret;
}

int indexed(struct device *dev, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);

	switch (ret) {
	case 0:
		return start(dev);
	default:
		return -EIO;
	}
}

/*
 * check-name: a result that is kept and never read
 * check-output-start
 * kept.c:15:8: warning: result of dma_map_sg() is ignored: the mapping may have failed [map-return-ignored]
 * kept.c:25:9: warning: result of dma_map_sg() is ignored: the mapping may have failed [map-return-ignored]
 * check-output-end
 */

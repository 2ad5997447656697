// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/err.h>

struct demo {
	int nents;
};

int below_zero(struct device *dev, struct scatterlist *sg, int n);
int kept(struct device *dev, struct demo *demo, struct scatterlist *sg, int n);
int turned(struct device *dev, struct scatterlist *sg, int n);
int through(struct device *dev, struct scatterlist *sg, int n);
int upside_down(struct device *dev, struct scatterlist *sg, int n);
int table_upside_down(struct device *dev, struct sg_table *sgt);
int at_most_zero(struct device *dev, struct scatterlist *sg, int n);
int none(struct device *dev, struct scatterlist *sg, int n);
int all_or_nothing(struct device *dev, struct scatterlist *sg, int n);
int other_result(struct device *dev, struct scatterlist *sg, int n);
int table(struct device *dev, struct sg_table *sgt);
int only_then(struct device *dev, struct scatterlist *sg, int n);
int private(struct device *dev, struct scatterlist *sg, int n);
int demo_start(struct device *dev);

int below_zero(struct device *dev, struct scatterlist *sg, int n)
{
	int ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	if (ret < 0)
		return ret;
	return 0;
}

int kept(struct device *dev, struct demo *demo, struct scatterlist *sg, int n)
{
	demo->nents = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (0 > demo->nents)
		return -EIO;
	return 0;
}

int turned(struct device *dev, struct scatterlist *sg, int n)
{
	unsigned long nents = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	return IS_ERR_VALUE(nents) ? -EIO : 0;
}

static int map(struct device *dev, struct scatterlist *sg, int n)
{
	return dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
}

int through(struct device *dev, struct scatterlist *sg, int n)
{
	if (map(dev, sg, n) < 0)
		return -EIO;
	return 0;
}

int upside_down(struct device *dev, struct scatterlist *sg, int n)
{
	if (dma_map_sg(dev, sg, n, DMA_TO_DEVICE))
		return -EIO;
	return 0;
}

int table_upside_down(struct device *dev, struct sg_table *sgt)
{
	if (!dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0))
		return -ENOMEM;
	return 0;
}

/* Right as they are. */
int at_most_zero(struct device *dev, struct scatterlist *sg, int n)
{
	int ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	return ret <= 0 ? -EIO : 0;
}

int none(struct device *dev, struct scatterlist *sg, int n)
{
	if (!dma_map_sg(dev, sg, n, DMA_TO_DEVICE))
		return -EIO;
	return 0;
}

int all_or_nothing(struct device *dev, struct scatterlist *sg, int n)
{
	if (dma_map_sg(dev, sg, n, DMA_TO_DEVICE) < n)
		return -EIO;
	return 0;
}

/* The same variable, another function's result. */
int other_result(struct device *dev, struct scatterlist *sg, int n)
{
	int ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	if (!ret)
		return -EIO;
	ret = demo_start(dev);
	if (ret < 0)
		return ret;
	return 0;
}

int table(struct device *dev, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);

	if (ret < 0)
		return ret;
	return 0;
}

int only_then(struct device *dev, struct scatterlist *sg, int n)
{
	if (dma_map_sg(dev, sg, n, DMA_TO_DEVICE))
		return demo_start(dev);
	return -EIO;
}

static int private_map(struct device *dev, struct scatterlist *sg, int n)
{
	if (n > 4)
		return -EINVAL;
	return dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
}

int private(struct device *dev, struct scatterlist *sg, int n)
{
	int ret = private_map(dev, sg, n);

	if (ret < 0)
		return ret;
	return 0;
}

/*
 * check-name: a failure of dma_map_sg() taken for success
 * check-output-start
 * negative.c:28:6: error: dma_map_sg() returns 0 on failure, never a negative number [map-sg-negative-check]
 * negative.c:26:12: note: the result comes from dma_map_sg()
 * negative.c:36:6: error: dma_map_sg() returns 0 on failure, never a negative number [map-sg-negative-check]
 * negative.c:35:16: note: the result comes from dma_map_sg()
 * negative.c:45:9: error: dma_map_sg() returns 0 on failure, never a negative number [map-sg-negative-check]
 * negative.c:43:24: note: the result comes from dma_map_sg()
 * negative.c:55:6: error: map() returns 0 on failure, never a negative number [map-sg-negative-check]
 * negative.c:55:6: note: the result comes from map()
 * negative.c:62:6: error: success is treated as failure: dma_map_sg() returns the number of mapped entries, and 0 on failure [map-sg-negative-check]
 * negative.c:62:6: note: the result comes from dma_map_sg()
 * negative.c:69:7: error: success is treated as failure: dma_map_sgtable() returns 0 on success [map-sg-negative-check]
 * negative.c:69:7: note: the result comes from dma_map_sgtable()
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_return(struct device *dev, struct scatterlist *sg, int n)
{
	int ret;

	ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (!ret)
		return -EIO;
	return 0;
}

static int demo_label(struct device *dev, struct scatterlist *sg, int n)
{
	int ret;

	ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (!ret) {
		ret = -EIO;
		goto out;
	}
	ret = demo_start(dev);
out:
	return ret;
}

static int demo_block(struct device *dev, struct scatterlist *sg, int n)
{
	int ret;

	ret = ib_dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (!ret) {
		dev_err(dev, "cannot map\n");
		ret = -EIO;
		goto out;
	}
	ret = demo_start(dev);
out:
	return ret;
}

static int demo_copy(struct device *dev, struct scatterlist *sg, int n)
{
	int nents, ret;

	nents = dma_map_sg_attrs(dev, sg, n, DMA_TO_DEVICE, DMA_ATTR_NO_WARN);
	if (!nents) {
		ret = -EIO;
		goto out;
	}
	ret = demo_start(dev);
out:
	return ret;
}

static int demo_own_code(struct device *dev, struct scatterlist *sg, int n)
{
	int nents;

	nents = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (!nents)
		return -ENOMEM;
	return nents;
}

/* These are right, or not this mistake alone. */
static int demo_right(struct device *dev, struct scatterlist *sg, int n,
		      struct sg_table *sgt)
{
	int ret;

	ret = dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
	if (ret < 0)
		return ret;
	ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (ret <= 0)
		return -EIO;
	ret = demo_map_sg(dev, sg, n);
	if (ret < 0)
		return ret;
	ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (ret < 0)
		return ret;
	if (!ret)
		return -EIO;
	return 0;
}

/* Another function's error code comes by the same check. */
static int demo_either(struct device *dev, struct scatterlist *sg, int n,
		       struct sg_table *sgt)
{
	int ret;

	if (sgt)
		ret = dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
	else
		ret = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (ret < 0)
		return ret;
	return 0;
}

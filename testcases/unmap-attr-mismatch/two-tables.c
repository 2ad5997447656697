// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct req {
	int encrypt;
};

int sgl_map(struct device *dev, struct req *req, struct scatterlist *src,
	    struct scatterlist *dst);
void sgl_unmap(struct device *dev, struct req *req, struct scatterlist *src,
	       struct scatterlist *dst);

static int count(struct scatterlist *sg)
{
	struct scatterlist *s = sg;
	int n = 0;

	for (; s; s = sg_next(s))
		n++;
	return n;
}

static int get(struct device *dev, struct scatterlist *sg,
	       enum dma_data_direction dir)
{
	return dma_map_sg(dev, sg, count(sg), dir) ? 0 : -EINVAL;
}

static void put(struct device *dev, struct scatterlist *sg,
		enum dma_data_direction dir)
{
	dma_unmap_sg(dev, sg, count(sg), dir);
}

/* The tables are told apart, though one helper counts both. */
int sgl_map(struct device *dev, struct req *req, struct scatterlist *src,
	    struct scatterlist *dst)
{
	int ret;

	if (dst == src)
		return get(dev, src, DMA_BIDIRECTIONAL);
	ret = get(dev, src, DMA_TO_DEVICE);
	if (ret)
		return ret;
	ret = get(dev, dst, DMA_FROM_DEVICE);
	if (ret)
		put(dev, src, DMA_TO_DEVICE);
	return ret;
}

void sgl_unmap(struct device *dev, struct req *req, struct scatterlist *src,
	       struct scatterlist *dst)
{
	if (dst == src) {
		put(dev, src, DMA_BIDIRECTIONAL);
		return;
	}
	put(dev, dst, DMA_FROM_DEVICE);
	put(dev, src, DMA_TO_DEVICE);
}

/*
 * check-name: two tables in the hands of the same helpers
 * check-output-start
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo_obj {
	struct device *dev;
	struct scatterlist *sgl;
	dma_addr_t addr;
	void *buf;
};

/* Named: -D only -D fn=demo_map_user. */
static int demo_map_user(struct demo_obj *obj, int nents, bool quiet)
{
	obj->addr = dma_map_single_attrs(obj->dev, obj->buf, PAGE_SIZE,
					 DMA_TO_DEVICE,
					 DMA_ATTR_REQUIRE_COHERENT);
	if (dma_mapping_error(obj->dev, obj->addr))
		return -EIO;
	if (!dma_map_sg_attrs(obj->dev, obj->sgl, nents, DMA_TO_DEVICE,
			      (quiet ? DMA_ATTR_NO_WARN : 0) | DMA_ATTR_REQUIRE_COHERENT)) {
		dma_unmap_single_attrs(obj->dev, obj->addr, PAGE_SIZE,
				       DMA_TO_DEVICE,
				       DMA_ATTR_REQUIRE_COHERENT);
		return -EIO;
	}
	return 0;
}

/* Not named. */
static int demo_map_kernel(struct demo_obj *obj, int nents)
{
	return dma_map_sg(obj->dev, obj->sgl, nents, DMA_TO_DEVICE) ? 0 : -EIO;
}

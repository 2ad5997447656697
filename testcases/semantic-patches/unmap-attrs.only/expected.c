// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static void demo_named(struct demo_obj *obj, unsigned long attrs)
{
	dma_unmap_sg_attrs(obj->dev, obj->sgl, obj->nents, DMA_BIDIRECTIONAL,
			   DMA_ATTR_CC_SHARED);
	dma_unmap_phys(obj->dev, obj->addr, PAGE_SIZE, DMA_BIDIRECTIONAL,
		       DMA_ATTR_MMIO | DMA_ATTR_CC_SHARED);
	dma_unmap_sgtable(obj->dev, obj->sgt, DMA_TO_DEVICE,
			  attrs | DMA_ATTR_CC_SHARED);
	dma_free_attrs(obj->dev, obj->size, obj->buf, obj->addr,
		       DMA_ATTR_CC_SHARED);
}

static void demo_other(struct demo_obj *obj)
{
	dma_unmap_sg(obj->dev, obj->sgl, obj->nents, DMA_BIDIRECTIONAL);
}

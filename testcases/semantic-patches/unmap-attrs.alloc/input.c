// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_alloc(struct demo_obj *obj)
{
	obj->cookie = dma_alloc_attrs(obj->dev, obj->size, &obj->addr,
				      GFP_KERNEL, DMA_ATTR_NO_KERNEL_MAPPING);
	return obj->cookie ? 0 : -ENOMEM;
}

static void demo_free(struct demo_obj *obj, bool quick)
{
	if (quick) {
		dma_free_attrs(obj->dev, obj->size, obj->cookie, obj->addr, 0);
		return;
	}
	dma_free_coherent(obj->dev, obj->size, obj->cookie, obj->addr);
}

/* An attribute for allocations has no business at a mapping: not spread. */
static int demo_map(struct demo_obj *obj)
{
	return dma_map_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL,
			       DMA_ATTR_NO_KERNEL_MAPPING);
}

static void demo_unmap(struct demo_obj *obj)
{
	dma_unmap_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
}

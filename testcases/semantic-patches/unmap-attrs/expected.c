// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_map(struct demo_obj *obj, bool big)
{
	if (big)
		return dma_map_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL,
				       DMA_ATTR_REQUIRE_COHERENT);
	obj->addr = dma_map_page_attrs(obj->dev, obj->page, 0, PAGE_SIZE,
				       DMA_BIDIRECTIONAL, DMA_ATTR_NO_WARN |
				       DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(obj->dev, obj->addr);
}

static void demo_unmap(struct demo_obj *obj, bool big)
{
	if (big)
		dma_unmap_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL,
				  DMA_ATTR_SKIP_CPU_SYNC | DMA_ATTR_REQUIRE_COHERENT);
	else
		dma_unmap_page_attrs(obj->dev, obj->addr, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_REQUIRE_COHERENT);
}

/* It has it. */
static void demo_destroy(struct demo_obj *obj)
{
	dma_unmap_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL,
			  DMA_ATTR_REQUIRE_COHERENT);
}

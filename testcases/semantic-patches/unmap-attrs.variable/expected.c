// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* Some carry the attribute, and some keep it in a variable: all stay. */
static int demo_map(struct demo_obj *obj, bool user)
{
	if (user)
		return dma_map_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL,
				       DMA_ATTR_REQUIRE_COHERENT);
	return dma_map_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
}

static void demo_unmap(struct demo_obj *obj, bool user)
{
	dma_unmap_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL, obj->attrs);
	dma_unmap_sgtable(obj->dev, &obj->sgt2, DMA_BIDIRECTIONAL, 0);
}

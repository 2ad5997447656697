// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* User memory whose ownership is handed over: bouncing works. */
static int demo_pin(struct demo_obj *obj, unsigned long start)
{
	int ret;

	ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE | FOLL_LONGTERM,
				  obj->pages);
	if (ret < 0)
		return ret;
	return dma_map_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
}

static void demo_cpu_prep(struct demo_obj *obj)
{
	dma_sync_sgtable_for_cpu(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL);
}

static void demo_cpu_fini(struct demo_obj *obj)
{
	dma_sync_sgtable_for_device(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL);
}

static void demo_unpin(struct demo_obj *obj)
{
	dma_unmap_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
	unpin_user_pages(obj->pages, obj->nr);
}

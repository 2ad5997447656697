// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static void demo_named(struct demo_obj *obj)
{
	dma_free_wc(obj->dev, obj->size, obj->pt, obj->pt_addr);
}

static void demo_other(struct demo_obj *obj)
{
	dma_free_coherent(obj->dev, obj->size, obj->pt, obj->pt_addr);
}

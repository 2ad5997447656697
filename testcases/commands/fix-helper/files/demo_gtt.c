// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include "demo.h"

/**
 * demo_prepare_pages - make pages known to the device
 * @obj: the object that they belong to
 * @pages: what is to be mapped, in one piece
 *         or in many
 *
 * Return: 0 or a negative errno.
 */
int demo_prepare_pages(struct demo_object *obj,
		       struct sg_table *pages)
{
	do {
		if (dma_map_sg_attrs(obj->base.dev->dev,
				     pages->sgl, pages->nents,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_SKIP_CPU_SYNC |
				     DMA_ATTR_NO_WARN))
			return 0;
	} while (obj->npages--);

	return -EIO;
}

void demo_finish_pages(struct demo_object *obj,
		       struct sg_table *pages)
{
	dma_unmap_sg(obj->base.dev->dev, pages->sgl, pages->nents,
		     DMA_BIDIRECTIONAL);
}

int demo_object_get(struct demo_object *obj)
{
	return obj->ops->get_pages(obj);
}

void demo_object_put(struct demo_object *obj)
{
	struct sg_table *pages = obj->pages;

	obj->pages = NULL;
	obj->ops->put_pages(obj, pages);
}

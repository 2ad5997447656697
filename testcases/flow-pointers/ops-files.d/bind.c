// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int object_pin(struct object *obj)
{
	return obj->ops->get_pages(obj);
}

int object_bind(struct device *dev, struct object *obj)
{
	int ret = obj->pages ? 0 : object_pin(obj);

	if (ret)
		return ret;
	return dma_map_sgtable(dev, obj->pages, DMA_BIDIRECTIONAL, 0);
}

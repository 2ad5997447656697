// SPDX-License-Identifier: GPL-2.0-only
/* module: core */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include "core.h"

int core_map(struct core_object *obj)
{
	struct sg_table *sgt = obj->ops->get_table(obj);

	if (IS_ERR(sgt))
		return PTR_ERR(sgt);
	return dma_map_sgtable(obj->dev, sgt, DMA_BIDIRECTIONAL, 0);
}
EXPORT_SYMBOL_GPL(core_map);

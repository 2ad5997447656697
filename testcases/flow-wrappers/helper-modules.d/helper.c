// SPDX-License-Identifier: GPL-2.0-only
/* module: helper */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include "helper.h"

int helper_map(struct device *dev, struct sg_table *sgt, unsigned long attrs)
{
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL,
			       attrs | DMA_ATTR_NO_WARN);
}
EXPORT_SYMBOL_GPL(helper_map);

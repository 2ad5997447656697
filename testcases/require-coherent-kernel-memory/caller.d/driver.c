// SPDX-License-Identifier: GPL-2.0-only
/* module: driver */
#include <linux/dma-mapping.h>
#include <linux/slab.h>
#include "shared.h"

dma_addr_t start(struct device *dev);
dma_addr_t start_page(struct device *dev);

dma_addr_t start(struct device *dev)
{
	return map_shared(dev, kmalloc(64, GFP_KERNEL));
}

dma_addr_t start_page(struct device *dev)
{
	return map_page_shared(dev, alloc_page(GFP_KERNEL));
}

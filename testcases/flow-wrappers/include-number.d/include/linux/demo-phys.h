/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DEMO_PHYS_H
#define _LINUX_DEMO_PHYS_H

#include <linux/dma-mapping.h>

static inline int demo_map_phys(struct device *dev, phys_addr_t phys,
				dma_addr_t *dma)
{
	*dma = dma_map_phys(dev, phys, PAGE_SIZE, DMA_BIDIRECTIONAL, 0);
	return dma_mapping_error(dev, *dma);
}

static inline int demo_map_buffer(struct device *dev, void *buf,
				  dma_addr_t *dma)
{
	*dma = dma_map_single(dev, buf, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

#endif

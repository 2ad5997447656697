// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

dma_addr_t never(struct device *dev, phys_addr_t phys, size_t n);

dma_addr_t never(struct device *dev, phys_addr_t phys, size_t n)
{
	return dma_map_resource(dev, phys, n, DMA_TO_DEVICE, 0);
}

/*
 * check-name: I/O memory that is never unmapped
 * check-command: dmacheck check --level note
 * check-output-start
 * never.c:8:9: warning: this module never calls dma_unmap_resource() [mmio-map-never-unmapped]
 * check-output-end
 */

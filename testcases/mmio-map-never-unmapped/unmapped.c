// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

dma_addr_t start(struct device *dev, phys_addr_t phys, size_t n);
void stop(struct device *dev, dma_addr_t addr, size_t n);

dma_addr_t start(struct device *dev, phys_addr_t phys, size_t n)
{
	return dma_map_resource(dev, phys, n, DMA_TO_DEVICE, 0);
}

void stop(struct device *dev, dma_addr_t addr, size_t n)
{
	dma_unmap_resource(dev, addr, n, DMA_TO_DEVICE, 0);
}

/*
 * check-name: I/O memory that another function unmaps
 * check-command: dmacheck check --level note
 * check-output-start
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
/* module: chip */
#include "rx.h"

int rx_inject(struct device *dev, struct rx_cb *cb, void *buf)
{
	cb->paddr = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	return dma_mapping_error(dev, cb->paddr);
}

/* Most of what comes here was mapped by the other module. */
void rx_take(struct device *dev, struct rx_cb *cb)
{
	dma_unmap_single(dev, cb->paddr, 64, DMA_FROM_DEVICE);
}

// SPDX-License-Identifier: GPL-2.0-only
/* module: core */
#include <linux/module.h>
#include "rx.h"

int rx_fill(struct device *dev, struct rx_cb *cb, void *buf)
{
	cb->paddr = dma_map_single(dev, buf, 64, DMA_FROM_DEVICE);
	return dma_mapping_error(dev, cb->paddr);
}
EXPORT_SYMBOL_GPL(rx_fill);

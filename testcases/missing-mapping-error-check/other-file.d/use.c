// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include "demo.h"

int demo_start(struct device *dev, struct demo *demo, void *p, size_t n)
{
	dma_addr_t addr = demo_map(dev, p, n);

	if (dma_mapping_error(dev, addr))
		return -EIO;
	demo_keep(dev, demo, p, n);
	return dma_mapping_error(dev, demo->addr) ? -EIO : 0;
}

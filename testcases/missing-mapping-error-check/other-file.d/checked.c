// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include "demo.h"

int demo_check(struct device *dev, dma_addr_t addr)
{
	return dma_mapping_error(dev, addr) ? -EIO : 0;
}

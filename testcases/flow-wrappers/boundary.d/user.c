// SPDX-License-Identifier: GPL-2.0-only
/* module: user */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "helper.h"

int user_open(struct device *dev, unsigned long addr, dma_addr_t *dma);

int user_open(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	return helper_map(dev, page, dma);
}

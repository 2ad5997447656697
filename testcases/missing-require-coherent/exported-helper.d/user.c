// SPDX-License-Identifier: GPL-2.0-only
/* module: user */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "helper.h"

int user_open(struct device *dev, unsigned long addr, dma_addr_t dma[2]);

int user_open(struct device *dev, unsigned long addr, dma_addr_t dma[2])
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	ret = helper_map_attrs(dev, page, &dma[0], DMA_ATTR_REQUIRE_COHERENT);
	if (ret)
		return ret;
	return helper_map(dev, page, &dma[1]);
}

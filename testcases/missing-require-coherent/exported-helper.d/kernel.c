// SPDX-License-Identifier: GPL-2.0-only
/* module: kernel */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "helper.h"

int kernel_open(struct device *dev, dma_addr_t dma[2]);

int kernel_open(struct device *dev, dma_addr_t dma[2])
{
	struct page *page = alloc_page(GFP_KERNEL);
	int ret;

	if (!page)
		return -ENOMEM;
	ret = helper_map_attrs(dev, page, &dma[0], 0);
	if (ret)
		return ret;
	return helper_map(dev, page, &dma[1]);
}

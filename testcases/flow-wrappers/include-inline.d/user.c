// SPDX-License-Identifier: GPL-2.0-only
/* module: user */
#include <linux/demo-dma.h>

int user_open(struct demo_device *dev, unsigned long addr, u64 *dma);

int user_open(struct demo_device *dev, unsigned long addr, u64 *dma)
{
	struct page *page, *ring = alloc_page(GFP_KERNEL);

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = demo_dma_map(dev, page);
	dma[1] = demo_dma_map(dev, ring);
	dma[2] = demo_dma_map_user(dev, page);
	dma[3] = demo_dma_map_attrs(dev, page, DMA_ATTR_REQUIRE_COHERENT);
	dma[4] = demo_dma_map_attrs(dev, page, DMA_ATTR_NO_WARN);
	return 0;
}

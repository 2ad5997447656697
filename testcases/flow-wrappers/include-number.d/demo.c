// SPDX-License-Identifier: GPL-2.0-only
#include <linux/demo-phys.h>
#include <linux/slab.h>

int demo_open(struct device *dev, unsigned long addr, dma_addr_t dma[4]);

int demo_open(struct device *dev, unsigned long addr, dma_addr_t dma[4])
{
	struct page *page, *ring = alloc_page(GFP_KERNEL);

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	if (demo_map_phys(dev, page_to_phys(page), &dma[0]) ||
	    demo_map_buffer(dev, page_address(page), &dma[1]) ||
	    demo_map_phys(dev, page_to_phys(ring), &dma[2]) ||
	    demo_map_buffer(dev, kmalloc(64, GFP_KERNEL), &dma[3]))
		return -EIO;
	return 0;
}

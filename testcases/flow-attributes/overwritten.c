// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map(struct device *dev, unsigned long addr, dma_addr_t dma[2]);

int map(struct device *dev, unsigned long addr, dma_addr_t dma[2])
{
	unsigned long attrs = DMA_ATTR_REQUIRE_COHERENT;
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    attrs);
	attrs = DMA_ATTR_WEAK_ORDERING;
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    attrs);
	return 0;
}

/*
 * check-name: other attributes for the second mapping
 * check-output-start
 * overwritten.c:17:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * overwritten.c:12:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

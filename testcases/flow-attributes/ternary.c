// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map(struct device *dev, unsigned long addr, bool weak, dma_addr_t dma[4]);

int map(struct device *dev, unsigned long addr, bool weak, dma_addr_t dma[4])
{
	unsigned long with = weak ? DMA_ATTR_REQUIRE_COHERENT |
				    DMA_ATTR_WEAK_ORDERING :
				    DMA_ATTR_REQUIRE_COHERENT;
	unsigned long without = weak ? DMA_ATTR_WEAK_ORDERING : 0;
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    with);
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    without);
	dma[2] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    DMA_ATTR_REQUIRE_COHERENT |
				    (weak ? DMA_ATTR_WEAK_ORDERING : 0));
	dma[3] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    DMA_ATTR_NO_WARN |
				    (weak ? DMA_ATTR_WEAK_ORDERING : 0));
	return 0;
}

/*
 * check-name: one attribute or the other
 * check-output-start
 * ternary.c:19:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * ternary.c:15:6: note: pages come from pin_user_pages_fast() into 'page'
 * ternary.c:24:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * ternary.c:15:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

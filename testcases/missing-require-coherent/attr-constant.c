// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define DEMO_ATTRS	(DMA_ATTR_REQUIRE_COHERENT | DMA_ATTR_NO_WARN)

int map(struct device *dev, unsigned long addr, dma_addr_t dma[5]);

int map(struct device *dev, unsigned long addr, dma_addr_t dma[5])
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE,
				    DMA_ATTR_REQUIRE_COHERENT);
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE,
				    DMA_ATTR_WEAK_ORDERING |
				    DMA_ATTR_REQUIRE_COHERENT);
	dma[2] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE,
				    DEMO_ATTRS);
	dma[3] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE,
				    DEMO_ATTRS & ~DMA_ATTR_REQUIRE_COHERENT);
	dma[4] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE,
				    DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
	return 0;
}

/*
 * check-name: the attribute as a constant, alone and among others
 * check-output-start
 * attr-constant.c:22:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * attr-constant.c:13:6: note: pages come from pin_user_pages_fast() into 'page'
 * attr-constant.c:24:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * attr-constant.c:13:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

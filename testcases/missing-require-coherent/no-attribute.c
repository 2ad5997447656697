// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map(struct device *dev, unsigned long addr, dma_addr_t *dma);

int map(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: a tree that does not define the attribute
 * check-without: DMA_ATTR_REQUIRE_COHERENT
 * check-error: DMA_ATTR_REQUIRE_COHERENT
 * check-output-start
 * no-attribute.c:13:9: warning: user memory is DMA-mapped and needs DMA_ATTR_REQUIRE_COHERENT, which this tree does not define [missing-require-coherent]
 * no-attribute.c:11:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

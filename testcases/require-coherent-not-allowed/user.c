// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

dma_addr_t share(struct device *dev, unsigned long addr);

dma_addr_t share(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page) != 1)
		return DMA_MAPPING_ERROR;
	return dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				  DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: a module that maps user memory and may well be allowed
 * check-output-start
 * user.c:13:9: error: DMA_ATTR_REQUIRE_COHERENT is set by a module that policy.conf does not allow to use it [require-coherent-not-allowed]
 * user.c:13:9: note: user memory from pin_user_pages_fast() is mapped with it here
 * user.c:13:9: note: what would allow it in .dmacheck.conf: [allow user] with attribute = DMA_ATTR_REQUIRE_COHERENT and reason = ...
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map(struct device *dev, unsigned long addr, int kind, dma_addr_t dma[2]);

int map(struct device *dev, unsigned long addr, int kind, dma_addr_t dma[2])
{
	unsigned long with = DMA_ATTR_REQUIRE_COHERENT, without = 0;
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	switch (kind) {
	case 0:
		break;
	case 1:
		with |= DMA_ATTR_MMIO;
		without |= DMA_ATTR_MMIO;
		break;
	case 2:
		with |= DMA_ATTR_WEAK_ORDERING;
		without = DMA_ATTR_WEAK_ORDERING;
	default:
		return -EINVAL;
	}
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    with);
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    without);
	return 0;
}

/*
 * check-name: attributes added to in a switch
 * check-output-start
 * switch.c:29:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * switch.c:12:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

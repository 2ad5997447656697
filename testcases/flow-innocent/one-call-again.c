// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map(struct device *dev, unsigned long addr, dma_addr_t *daddr);

/* Not at address zero: only a mapping that is there is undone, and redone. */
int map(struct device *dev, unsigned long addr, dma_addr_t *daddr)
{
	struct page *page;
	dma_addr_t dma;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	if (!dma) {
		dma_unmap_page(dev, dma, PAGE_SIZE, DMA_FROM_DEVICE);
		dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
		if (dma_mapping_error(dev, dma))
			return -ENOMEM;
	}
	*daddr = dma;
	return 0;
}

/*
 * check-name: unmapped and mapped once more, to stay
 * check-output-start
 * one-call-again.c:15:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-again.c:13:6: note: pages come from pin_user_pages_fast() into 'page'
 * one-call-again.c:20:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-again.c:13:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

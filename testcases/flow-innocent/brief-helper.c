// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int brief(struct device *dev, unsigned long addr, dma_addr_t *dma);
int lasting(struct device *dev, unsigned long addr, dma_addr_t *dma);

/* Serves both: what it is asked for decides. */
static struct page *pin(unsigned long addr, unsigned int flags)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, flags, &page) != 1)
		return NULL;
	return page;
}

int brief(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = pin(addr, FOLL_WRITE);

	if (!page)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return dma_mapping_error(dev, *dma);
}

int lasting(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = pin(addr, FOLL_WRITE | FOLL_LONGTERM);

	if (!page)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: a pin helper for one transfer and for long
 * check-output-start
 * brief-helper.c:34:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * brief-helper.c:13:6: note: pages come from pin_user_pages_fast() into 'page'
 * brief-helper.c:30:22: note: returned by pin()
 * check-output-end
 */

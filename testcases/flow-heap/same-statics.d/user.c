// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int user_open(struct device *dev, unsigned long addr, dma_addr_t *dma);

static struct page *get_one(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return NULL;
	return page;
}

static int map_one(struct device *dev, struct page *page, dma_addr_t *dma)
{
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int user_open(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = get_one(addr);

	return page ? map_one(dev, page, dma) : -ENOMEM;
}

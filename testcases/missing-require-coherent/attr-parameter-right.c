// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map_user(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_kernel(struct device *dev, dma_addr_t *dma);

static int map_one(struct device *dev, struct page *page, dma_addr_t *dma,
		   unsigned long attrs)
{
	*dma = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				  attrs);
	return dma_mapping_error(dev, *dma);
}

int map_user(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	return map_one(dev, page, dma, DMA_ATTR_REQUIRE_COHERENT);
}

int map_kernel(struct device *dev, dma_addr_t *dma)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	return map_one(dev, page, dma, 0);
}

/*
 * check-name: a helper that serves user and kernel memory, each rightly
 * check-output-start
 * check-output-end
 */

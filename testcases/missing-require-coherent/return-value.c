// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map_user(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_kernel(struct device *dev, dma_addr_t *dma);

static struct page *pin_one(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return NULL;
	return page;
}

static struct page *make_one(void)
{
	return alloc_page(GFP_KERNEL);
}

int map_user(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = pin_one(addr);

	if (!page)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	return dma_mapping_error(dev, *dma);
}

int map_kernel(struct device *dev, dma_addr_t *dma)
{
	struct page *page = make_one();

	if (!page)
		return -ENOMEM;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: a static function returns the page that it pinned
 * check-output-start
 * return-value.c:28:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * return-value.c:12:6: note: pages come from pin_user_pages_fast() into 'page'
 * return-value.c:24:22: note: returned by pin_one()
 * check-output-end
 */

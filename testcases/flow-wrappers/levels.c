// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	dma_addr_t dma[4];
};

int demo_right(struct demo *demo, unsigned long addr);
int demo_wrong(struct demo *demo, unsigned long addr);
int demo_ring(struct demo *demo);

static dma_addr_t map_attrs(struct demo *demo, struct page *page,
			    unsigned long attrs)
{
	return dma_map_page_attrs(demo->dev, page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL, attrs);
}

static dma_addr_t map_retry(struct demo *demo, struct page *page, int retries,
			    unsigned long attrs)
{
	dma_addr_t dma = map_attrs(demo, page, attrs | DMA_ATTR_NO_WARN);

	if (dma == DMA_MAPPING_ERROR && retries)
		return map_retry(demo, page, retries - 1, attrs);
	return dma;
}

static dma_addr_t map_plain(struct demo *demo, struct page *page)
{
	return map_retry(demo, page, 3, 0);
}

static dma_addr_t map_user(struct demo *demo, struct page *page)
{
	return map_retry(demo, page, 3, DMA_ATTR_REQUIRE_COHERENT);
}

int demo_right(struct demo *demo, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	demo->dma[0] = map_user(demo, page);
	return 0;
}

int demo_wrong(struct demo *demo, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	demo->dma[1] = map_plain(demo, page);
	return 0;
}

int demo_ring(struct demo *demo)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	demo->dma[2] = map_plain(demo, page);
	return 0;
}

/*
 * check-name: memory and attributes over several levels, one of which calls itself
 * check-output-start
 * levels.c:17:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT for map_plain() [missing-require-coherent]
 * levels.c:55:6: note: pages come from pin_user_pages_fast() into 'page'
 * levels.c:57:17: note: passed to map_plain() as 'page'
 * levels.c:33:9: note: passed to map_retry() as 'page'
 * levels.c:24:19: note: passed to map_attrs() as 'page'
 * check-output-end
 */

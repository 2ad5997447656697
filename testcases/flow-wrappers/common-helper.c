// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	dma_addr_t dma[4];
};

int demo_user(struct demo *demo, unsigned long addr);
int demo_ring(struct demo *demo);

/* Serves all pages of the driver: an attrs parameter is what it needs. */
static int map_page(struct demo *demo, int i, struct page *page)
{
	demo->dma[i] = dma_map_page(demo->dev, page, 0, PAGE_SIZE,
				    DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, demo->dma[i]);
}

int demo_user(struct demo *demo, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	return map_page(demo, 0, page);
}

int demo_ring(struct demo *demo)
{
	struct page *page = alloc_page(GFP_KERNEL);

	return page ? map_page(demo, 1, page) : -ENOMEM;
}

/*
 * check-name: a helper for user and kernel memory: who brings user memory is named
 * check-output-start
 * common-helper.c:16:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT for demo_user() [missing-require-coherent]
 * common-helper.c:25:6: note: pages come from pin_user_pages_fast() into 'page'
 * common-helper.c:27:9: note: passed to map_page() as 'page'
 * check-output-end
 */

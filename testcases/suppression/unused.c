// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

int demo_map(struct demo *demo, unsigned long start);

int demo_map(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/* dmacheck: missing-require-coherent: was mended */
	demo->addr = dma_map_page_attrs(demo->dev, demo->page, 0, PAGE_SIZE,
					DMA_BIDIRECTIONAL, DMA_ATTR_REQUIRE_COHERENT);
	/* dmacheck: missing-require-coherent, wrong-arg-slot: one of two */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: --rule suppression alone says which comments hide nothing
 * check-command: dmacheck check --level note --rule suppression
 * check-error: 1 finding hidden by comments
 * check-output-start
 * unused.c:17:15: note: unused suppression: missing-require-coherent reports nothing here [suppression]
 * unused.c:20:41: note: unused suppression: wrong-arg-slot reports nothing here [suppression]
 * check-output-end
 */

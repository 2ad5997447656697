// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

int demo_map(struct demo *demo, unsigned long start);

/* A comment on dmacheck: it has nothing to say to it. */
int demo_map(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/* dmacheck: missing-require-coherent: never bounces */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, demo->addr);
}

/*
 * check-name: a comment that is right
 * check-command: dmacheck check --level note --rule suppression
 * check-output-start
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

int demo_map(struct demo *demo, unsigned long start);

#ifdef CONFIG_NOT_HERE
#error it isn't right; "nor is this
#define demo_begin(demo) { if (!(demo)) {
#endif

int demo_map(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
#ifdef CONFIG_NOT_HERE
	if (start & 1) {
#else
	if (start & 2) {
#endif
		/* dmacheck: missing-require-coherent: never bounces */
		demo->addr =
			dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL);
	} else
		/* dmacheck: missing-require-coherent: never bounces */
		demo->addr =
			dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: conditionals whose braces do not pair, and text that is no C
 * check-command: dmacheck check --level note --rule missing-require-coherent
 * check-error: 2 findings hidden by comments
 * check-output-start
 * check-output-end
 */

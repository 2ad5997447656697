// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

int demo_elsewhere(struct demo *demo, unsigned long start);
int demo_two(struct demo *demo, unsigned long start);

/* Behind another statement, above an empty line, in a string. */
int demo_elsewhere(struct demo *demo, unsigned long start)
{
	const char *text = "/* dmacheck: missing-require-coherent: in a string */";

	if (!text || pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/* dmacheck: missing-require-coherent: above an empty line */

	demo->dev = NULL; /* dmacheck: missing-require-coherent: of this statement */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0; /* dmacheck: missing-require-coherent: too late */
}

/* The second of two is hidden, the first is not. */
int demo_two(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (demo->addr == 1)
		/* dmacheck: missing-require-coherent: this one alone */
		demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: comments that stand in a wrong place hide nothing
 * check-command: dmacheck check --level note --rule missing-require-coherent,suppression
 * check-error: 1 finding hidden by comments
 * check-output-start
 * not-hidden.c:21:15: note: unused suppression: missing-require-coherent reports nothing here [suppression]
 * not-hidden.c:23:33: note: unused suppression: missing-require-coherent reports nothing here [suppression]
 * not-hidden.c:24:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * not-hidden.c:19:15: note: pages come from pin_user_pages_fast() into struct demo.page
 * not-hidden.c:25:25: note: unused suppression: missing-require-coherent reports nothing here [suppression]
 * not-hidden.c:33:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * not-hidden.c:31:6: note: pages come from pin_user_pages_fast() into struct demo.page
 * check-output-end
 */

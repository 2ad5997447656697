// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

int demo_above(struct demo *demo, unsigned long start);
int demo_statement(struct demo *demo, unsigned long start);
int demo_behind(struct demo *demo, unsigned long start);
int demo_behind_last(struct demo *demo, unsigned long start);
int demo_many(struct demo *demo, unsigned long start);

/* Above the call. */
int demo_above(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/* dmacheck: missing-require-coherent: this device never bounces */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/* Above the statement, whose call is on a later line. */
int demo_statement(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	// dmacheck: missing-require-coherent: this device
	// never bounces
	demo->addr =
		dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE,
			     DMA_BIDIRECTIONAL);
	return 0;
}

/* Behind the code. */
int demo_behind(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	demo->addr = /* dmacheck: missing-require-coherent: never bounces */
		dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int demo_behind_last(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL); // dmacheck: missing-require-coherent: never bounces
	return 0;
}

/* Other comments between, several rules, and an `if` around the call. */
int demo_many(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/*
	 * The firmware wants it so.
	 *
	 * dmacheck: missing-mapping-error-check, missing-require-coherent:
	 *	never bounces, so that
	 *	nothing can fail
	 */
	/* Map it. */
	if (!(demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE,
					DMA_BIDIRECTIONAL)))
		return -EIO;
	return 0;
}

/*
 * check-name: comments that hide a finding, and where they may stand
 * check-command: dmacheck check --level note --rule missing-require-coherent,suppression
 * check-error: 5 findings hidden by comments (-v names each)
 * check-output-start
 * check-output-end
 */

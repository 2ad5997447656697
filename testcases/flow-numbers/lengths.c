// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/*
 * How many pages, how long, at which offset, which error: numbers that come
 * from the pin, but no memory.
 */
struct demo {
	unsigned long npages;
	size_t len;
	u64 user_va;
	void *ring;
	struct page *pages[8];
};

int demo_open(struct device *dev, struct demo *demo, unsigned long addr,
	      dma_addr_t *dma);

int demo_open(struct device *dev, struct demo *demo, unsigned long addr,
	      dma_addr_t *dma)
{
	long n = pin_user_pages_fast(addr, 8, FOLL_LONGTERM, demo->pages);
	u64 slot;

	if (n < 0)
		return n;
	demo->npages = n;
	demo->len = n * PAGE_SIZE;
	demo->user_va = addr;
	slot = demo->npages * 64;
	*dma = dma_map_single(dev, demo->ring + slot,
			      min(demo->len, PAGE_SIZE), DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: numbers around a pin are no memory
 * check-output-start
 * check-output-end
 */

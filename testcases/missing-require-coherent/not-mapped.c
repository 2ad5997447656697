// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/mm.h>

struct counters {
	struct page *page;
	unsigned long *values;
	dma_addr_t dma;
};

int counters_open(struct counters *c, unsigned long addr);
void counters_close(struct device *dev, struct counters *c);

int counters_open(struct counters *c, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &c->page) != 1)
		return -EFAULT;
	c->values = kmap_local_page(c->page);
	return 0;
}

void counters_close(struct device *dev, struct counters *c)
{
	dma_unmap_page(dev, c->dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
	kunmap_local(c->values);
	unpin_user_page(c->page);
}

/*
 * check-name: pinned but never mapped, and unmapped only
 * check-output-start
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <rdma/ib_verbs.h>

struct region {
	struct device *dev;
	struct page *page;
	unsigned long attrs;
	dma_addr_t addr;
};

int pin(struct region *r, unsigned long start);
int map(struct region *r);
int map_both(struct region *r);
int map_right(struct region *r);

int pin(struct region *r, unsigned long start)
{
	r->attrs = DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;
	return pin_user_pages_fast(start, 1, FOLL_LONGTERM, &r->page);
}

int map(struct region *r)
{
	r->addr = dma_map_page_attrs(r->dev, r->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL, r->attrs);
	return dma_mapping_error(r->dev, r->addr);
}

/* More than it needs, but what it needs. */
int map_both(struct region *r)
{
	r->addr = dma_map_page_attrs(r->dev, r->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_DEBUGGING_IGNORE_CACHELINES |
				     DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(r->dev, r->addr);
}

int map_right(struct region *r)
{
	r->addr = dma_map_page_attrs(r->dev, r->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(r->dev, r->addr);
}

/*
 * check-name: an RDMA driver that promises for the process
 * check-output-start
 * verbs.c:26:12: warning: user memory (RDMA) is DMA-mapped with DMA_ATTR_DEBUGGING_IGNORE_CACHELINES, which promises that the CPU does not touch it; use DMA_ATTR_REQUIRE_COHERENT [wrong-cache-attr]
 * verbs.c:21:9: note: pages come from pin_user_pages_fast() into struct region.page
 * check-output-end
 */

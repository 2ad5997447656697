// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/mm.h>

struct buffer {
	struct device *dev;
	struct page *page, *own;
	dma_addr_t addr;
};

int pin(struct buffer *b, unsigned long start);
int map(struct buffer *b);
int map_own(struct buffer *b);
int map_coherent(struct buffer *b);
int map_synced(struct buffer *b);

int pin(struct buffer *b, unsigned long start)
{
	return pin_user_pages_fast(start, 1, FOLL_LONGTERM, &b->page);
}

int map(struct buffer *b)
{
	b->addr = dma_map_page_attrs(b->dev, b->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_SKIP_CPU_SYNC);
	return dma_mapping_error(b->dev, b->addr);
}

/* There is nothing to sync. */
int map_coherent(struct buffer *b)
{
	b->addr = dma_map_page_attrs(b->dev, b->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_REQUIRE_COHERENT |
				     DMA_ATTR_SKIP_CPU_SYNC);
	return dma_mapping_error(b->dev, b->addr);
}

/* The kernel's own page: it knows when to sync it. */
int map_own(struct buffer *b)
{
	b->own = alloc_page(GFP_KERNEL);
	b->addr = dma_map_page_attrs(b->dev, b->own, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_SKIP_CPU_SYNC);
	return dma_mapping_error(b->dev, b->addr);
}

int map_synced(struct buffer *b)
{
	b->addr = dma_map_page_attrs(b->dev, b->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL, 0);
	return dma_mapping_error(b->dev, b->addr);
}

/*
 * check-name: memory of a process, mapped and never synced
 * check-output-start
 * skip.c:25:12: warning: user memory is DMA-mapped with DMA_ATTR_SKIP_CPU_SYNC and never synced; use DMA_ATTR_REQUIRE_COHERENT [skip-sync-user-memory]
 * skip.c:20:9: note: pages come from pin_user_pages_fast() into struct buffer.page
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct buffer {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

int map(struct buffer *b, unsigned long start);
void prepare(struct buffer *b);
void finish(struct buffer *b);

int map(struct buffer *b, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_LONGTERM, &b->page) != 1)
		return -EFAULT;
	b->addr = dma_map_page_attrs(b->dev, b->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_SKIP_CPU_SYNC);
	return dma_mapping_error(b->dev, b->addr);
}

void prepare(struct buffer *b)
{
	dma_sync_single_for_device(b->dev, b->addr, PAGE_SIZE,
				   DMA_BIDIRECTIONAL);
}

void finish(struct buffer *b)
{
	dma_sync_single_for_cpu(b->dev, b->addr, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

/*
 * check-name: synced by the driver around each use
 * check-output-start
 * check-output-end
 */

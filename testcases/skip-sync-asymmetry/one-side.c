// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct buf {
	dma_addr_t dma, right, failed;
};

int map(struct device *dev, struct buf *b, struct page *page);
void unmap(struct device *dev, struct buf *b);
int map_and_start(struct device *dev, struct buf *b, struct page *page);

int map(struct device *dev, struct buf *b, struct page *page)
{
	b->dma = dma_map_page_attrs(dev, page, 0, 4096, DMA_BIDIRECTIONAL,
				    DMA_ATTR_SKIP_CPU_SYNC);
	b->right = dma_map_page_attrs(dev, page, 0, 4096, DMA_BIDIRECTIONAL,
				      DMA_ATTR_SKIP_CPU_SYNC);
	return dma_mapping_error(dev, b->dma) |
	       dma_mapping_error(dev, b->right);
}

void unmap(struct device *dev, struct buf *b)
{
	dma_unmap_page(dev, b->dma, 4096, DMA_BIDIRECTIONAL);
	dma_unmap_page_attrs(dev, b->right, 4096, DMA_BIDIRECTIONAL,
			     DMA_ATTR_SKIP_CPU_SYNC);
}

/* The device wrote nothing yet. */
int map_and_start(struct device *dev, struct buf *b, struct page *page)
{
	b->failed = dma_map_page(dev, page, 0, 4096, DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, b->failed))
		return -ENOMEM;
	dma_unmap_page_attrs(dev, b->failed, 4096, DMA_FROM_DEVICE,
			     DMA_ATTR_SKIP_CPU_SYNC);
	return -EIO;
}

/*
 * check-name: the sync is skipped at one end only
 * check-command: dmacheck check --level note
 * check-output-start
 * one-side.c:24:2: note: mapped with DMA_ATTR_SKIP_CPU_SYNC, but unmapped without [skip-sync-asymmetry]
 * one-side.c:14:11: note: mapped here with dma_map_page_attrs()
 * check-output-end
 */

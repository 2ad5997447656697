/* SPDX-License-Identifier: GPL-2.0-only */
struct demo {
	struct device *dev;
	dma_addr_t dma[4];
};

static inline int demo_map(struct demo *demo, int i, struct page *page)
{
	demo->dma[i] = dma_map_page(demo->dev, page, 0, PAGE_SIZE,
				    DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, demo->dma[i]);
}

static inline int demo_map_attrs(struct demo *demo, int i, struct page *page,
				 unsigned long attrs)
{
	demo->dma[i] = dma_map_page_attrs(demo->dev, page, 0, PAGE_SIZE,
					  DMA_BIDIRECTIONAL, attrs);
	return dma_mapping_error(demo->dev, demo->dma[i]);
}

int demo_ring(struct demo *demo);
int demo_user(struct demo *demo, unsigned long addr);

/* SPDX-License-Identifier: GPL-2.0-only */
struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

/* dmacheck: missing-require-coherent: the finding stands where it is used */
#define DEMO_MAP(demo)	\
	dma_map_page((demo)->dev, (demo)->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL)

static inline int demo_map(struct demo *demo)
{
	/* dmacheck: missing-require-coherent: never bounces */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

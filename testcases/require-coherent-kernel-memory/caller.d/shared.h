/* SPDX-License-Identifier: GPL-2.0-only */
struct device;
struct page;

dma_addr_t map_shared(struct device *dev, void *data);
dma_addr_t map_page_shared(struct device *dev, struct page *page);
dma_addr_t map_with(struct device *dev, struct page *page,
		    unsigned long attrs);

/* SPDX-License-Identifier: GPL-2.0-only */
struct device;
struct page;

dma_addr_t map_shared(struct device *dev, struct page *page);
dma_addr_t map_for_one(struct device *dev, struct page *page);
dma_addr_t map_plain(struct device *dev, struct page *page);
void unmap_shared(struct device *dev, dma_addr_t addr);
dma_addr_t ib_umem_get_x(struct device *dev, struct page *page);
dma_addr_t map_twice(struct device *dev, struct page *page);
dma_addr_t map_any(struct device *dev, struct page *page, unsigned long attrs);

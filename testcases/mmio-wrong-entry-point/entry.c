// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

dma_addr_t page(struct device *dev, struct page *page, bool mmio);
dma_addr_t single(struct device *dev, void *p, size_t n);
int list(struct device *dev, struct scatterlist *sg, int n);
void undo(struct device *dev, dma_addr_t addr, size_t n);
dma_addr_t right(struct device *dev, phys_addr_t phys, size_t n);
void undo_right(struct device *dev, dma_addr_t addr, size_t n);
dma_addr_t without(struct device *dev, struct page *page);
int test(unsigned long attrs);

dma_addr_t page(struct device *dev, struct page *page, bool mmio)
{
	unsigned long attrs = 0;

	if (mmio)
		attrs |= DMA_ATTR_MMIO;
	return dma_map_page_attrs(dev, page, 0, 4096, DMA_TO_DEVICE, attrs);
}

dma_addr_t single(struct device *dev, void *p, size_t n)
{
	return dma_map_single_attrs(dev, p, n, DMA_TO_DEVICE, DMA_ATTR_MMIO);
}

int list(struct device *dev, struct scatterlist *sg, int n)
{
	return dma_map_sg_attrs(dev, sg, n, DMA_TO_DEVICE, DMA_ATTR_MMIO);
}

void undo(struct device *dev, dma_addr_t addr, size_t n)
{
	dma_unmap_page_attrs(dev, addr, n, DMA_TO_DEVICE, DMA_ATTR_MMIO);
}

/* All of these are right. */
dma_addr_t right(struct device *dev, phys_addr_t phys, size_t n)
{
	return dma_map_phys(dev, phys, n, DMA_TO_DEVICE, DMA_ATTR_MMIO);
}

void undo_right(struct device *dev, dma_addr_t addr, size_t n)
{
	dma_unmap_phys(dev, addr, n, DMA_TO_DEVICE, DMA_ATTR_MMIO);
}

dma_addr_t without(struct device *dev, struct page *page)
{
	return dma_map_page_attrs(dev, page, 0, 4096, DMA_TO_DEVICE,
				  DMA_ATTR_SKIP_CPU_SYNC);
}

int test(unsigned long attrs)
{
	return attrs & DMA_ATTR_MMIO ? -EIO : 0;
}

/*
 * check-name: DMA_ATTR_MMIO where pages are mapped
 * check-exit: 1
 * check-output-start
 * entry.c:19:9: error: dma_map_page_attrs() cannot map with DMA_ATTR_MMIO: use dma_map_phys() [mmio-wrong-entry-point]
 * entry.c:24:9: error: dma_map_single_attrs() cannot map with DMA_ATTR_MMIO: use dma_map_phys() [mmio-wrong-entry-point]
 * entry.c:29:9: error: dma_map_sg_attrs() cannot map with DMA_ATTR_MMIO: use dma_map_phys() [mmio-wrong-entry-point]
 * entry.c:34:2: error: dma_unmap_page_attrs() cannot unmap a mapping with DMA_ATTR_MMIO: use dma_unmap_phys() [mmio-wrong-entry-point]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

void *get(struct device *dev, dma_addr_t *dma);
void *get_right(struct device *dev, dma_addr_t *dma);
dma_addr_t map(struct device *dev, struct page *page);

void *get(struct device *dev, dma_addr_t *dma)
{
	return dma_alloc_attrs(dev, 4096, dma, GFP_KERNEL,
			       DMA_ATTR_REQUIRE_COHERENT);
}

void *get_right(struct device *dev, dma_addr_t *dma)
{
	return dma_alloc_attrs(dev, 4096, dma, GFP_KERNEL,
			       DMA_ATTR_NO_KERNEL_MAPPING);
}

dma_addr_t map(struct device *dev, struct page *page)
{
	return dma_map_page_attrs(dev, page, 0, 4096, DMA_TO_DEVICE,
				  DMA_ATTR_REQUIRE_COHERENT |
				  DMA_ATTR_PRIVILEGED);
}

/*
 * check-name: an attribute of mappings is passed to an allocation
 * check-output-start
 * reverse.c:10:9: warning: DMA_ATTR_REQUIRE_COHERENT applies to mappings, but dma_alloc_attrs() allocates memory [alloc-only-attr-on-map]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

phys_addr_t swiotlb_tbl_map_single(struct device *dev, phys_addr_t phys,
				   size_t size, unsigned int mask,
				   enum dma_data_direction dir,
				   unsigned long attrs);
bool reaches(struct device *dev, phys_addr_t phys, size_t size);
dma_addr_t silent(struct device *dev, phys_addr_t phys, size_t size,
		  enum dma_data_direction dir, unsigned long attrs);
dma_addr_t refuses(struct device *dev, phys_addr_t phys, size_t size,
		   enum dma_data_direction dir, unsigned long attrs);
dma_addr_t refuses_above(struct device *dev, phys_addr_t phys, size_t size,
			 enum dma_data_direction dir, unsigned long attrs);
dma_addr_t cannot_bounce(struct device *dev, phys_addr_t phys, size_t size,
			 enum dma_data_direction dir, unsigned long attrs);

dma_addr_t silent(struct device *dev, phys_addr_t phys, size_t size,
		  enum dma_data_direction dir, unsigned long attrs)
{
	if (reaches(dev, phys, size))
		return phys;
	return swiotlb_tbl_map_single(dev, phys, size, 0, dir, attrs);
}

/* All of these are right. */
dma_addr_t refuses(struct device *dev, phys_addr_t phys, size_t size,
		   enum dma_data_direction dir, unsigned long attrs)
{
	if (reaches(dev, phys, size))
		return phys;
	if (attrs & DMA_ATTR_REQUIRE_COHERENT)
		return DMA_MAPPING_ERROR;
	return swiotlb_tbl_map_single(dev, phys, size, 0, dir, attrs);
}

static dma_addr_t bounce(struct device *dev, phys_addr_t phys, size_t size,
			 enum dma_data_direction dir, unsigned long attrs)
{
	return swiotlb_tbl_map_single(dev, phys, size, 0, dir, attrs);
}

dma_addr_t refuses_above(struct device *dev, phys_addr_t phys, size_t size,
			 enum dma_data_direction dir, unsigned long attrs)
{
	if (attrs & (DMA_ATTR_MMIO | DMA_ATTR_REQUIRE_COHERENT))
		return DMA_MAPPING_ERROR;
	return bounce(dev, phys, size, dir, attrs);
}

dma_addr_t cannot_bounce(struct device *dev, phys_addr_t phys, size_t size,
			 enum dma_data_direction dir, unsigned long attrs)
{
	(void)dir;
	(void)attrs;
	return reaches(dev, phys, size) ? phys : DMA_MAPPING_ERROR;
}

/*
 * check-name: who bounces what must not be bounced
 * check-exit: 1
 * check-output-start
 * bounce.c:23:9: error: swiotlb_tbl_map_single() bounces a mapping without checking DMA_ATTR_REQUIRE_COHERENT [map-ops-ignores-require-coherent]
 * check-output-end
 */

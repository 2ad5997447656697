// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: size-mismatch
 * swiotlb: frees DMA memory with different size
 * iommu: frees DMA memory with different size
 */
#include "edu.h"

static int bad_twin(struct edu *edu)
{
	void *buf = kzalloc(EDU_SIZE, GFP_KERNEL);
	dma_addr_t addr;
	int ret = -ENOMEM;

	if (!buf)
		return -ENOMEM;
	addr = dma_map_single(edu->dev, buf, EDU_SIZE, DMA_TO_DEVICE);
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	ret = edu_read(edu, addr, EDU_SIZE);
	dma_unmap_single(edu->dev, addr, EDU_SIZE / 2, DMA_TO_DEVICE); /* BAD */
free:
	kfree(buf);
	return ret;
}

static int good_twin(struct edu *edu)
{
	void *buf = kzalloc(EDU_SIZE, GFP_KERNEL);
	dma_addr_t addr;
	int ret = -ENOMEM;

	if (!buf)
		return -ENOMEM;
	addr = dma_map_single(edu->dev, buf, EDU_SIZE, DMA_TO_DEVICE);
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	ret = edu_read(edu, addr, EDU_SIZE);
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE);
free:
	kfree(buf);
	return ret;
}

EDU_DRIVER(unmap_size_driver);

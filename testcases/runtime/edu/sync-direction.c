// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: sync-mismatch
 * swiotlb: syncs DMA memory with different direction
 * iommu: syncs DMA memory with different direction
 */
#include "edu.h"

static int bad_twin(struct edu *edu)
{
	void *buf = kzalloc(EDU_SIZE, GFP_KERNEL);
	dma_addr_t addr;
	int ret = -ENOMEM;

	if (!buf)
		return -ENOMEM;
	addr = dma_map_single(edu->dev, buf, EDU_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	ret = edu_write(edu, addr, EDU_SIZE);
	dma_sync_single_for_cpu(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE); /* BAD */
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_FROM_DEVICE);
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
	addr = dma_map_single(edu->dev, buf, EDU_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	ret = edu_write(edu, addr, EDU_SIZE);
	dma_sync_single_for_cpu(edu->dev, addr, EDU_SIZE, DMA_FROM_DEVICE);
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_FROM_DEVICE);
free:
	kfree(buf);
	return ret;
}

EDU_DRIVER(sync_direction_driver);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: sync-of-coherent
 * swiotlb: none: dma-debug compares only size and direction
 * iommu: none: dma-debug compares only size and direction
 */
#include "edu.h"

static int bad_twin(struct edu *edu)
{
	dma_addr_t handle;
	void *buf;
	int ret;

	buf = dma_alloc_coherent(edu->dev, EDU_SIZE, &handle, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = edu_write(edu, handle, EDU_SIZE);
	dma_sync_single_for_cpu(edu->dev, handle, EDU_SIZE, DMA_FROM_DEVICE); /* BAD */
	dma_free_coherent(edu->dev, EDU_SIZE, buf, handle);
	return ret;
}

static int good_twin(struct edu *edu)
{
	dma_addr_t handle;
	void *buf;
	int ret;

	buf = dma_alloc_coherent(edu->dev, EDU_SIZE, &handle, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = edu_write(edu, handle, EDU_SIZE);
	dma_free_coherent(edu->dev, EDU_SIZE, buf, handle);
	return ret;
}

EDU_DRIVER(sync_coherent_driver);

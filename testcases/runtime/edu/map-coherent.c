// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: coherent-ptr-to-streaming
 * swiotlb: none: on x86 without an IOMMU coherent memory is ordinary memory
 * iommu: rejecting DMA map of vmalloc memory
 */
#include "edu.h"

/* Larger than a page, so that an IOMMU maps scattered pages into vmalloc space. */
#define SIZE	(16 * PAGE_SIZE)

static int bad_twin(struct edu *edu)
{
	dma_addr_t handle, addr;
	void *buf;
	int ret = -EIO;

	buf = dma_alloc_coherent(edu->dev, SIZE, &handle, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	addr = dma_map_single(edu->dev, buf, EDU_SIZE, DMA_TO_DEVICE); /* BAD */
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	ret = edu_read(edu, addr, EDU_SIZE);
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE);
free:
	dma_free_coherent(edu->dev, SIZE, buf, handle);
	return ret;
}

static int good_twin(struct edu *edu)
{
	dma_addr_t handle;
	void *buf;
	int ret;

	buf = dma_alloc_coherent(edu->dev, SIZE, &handle, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = edu_read(edu, handle, EDU_SIZE);
	dma_free_coherent(edu->dev, SIZE, buf, handle);
	return ret;
}

EDU_DRIVER(map_coherent_driver);

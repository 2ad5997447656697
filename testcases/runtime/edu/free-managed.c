// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: managed-unmanaged-free
 * swiotlb: tries to free DMA memory it has not allocated
 * iommu: tries to free DMA memory it has not allocated\|dmam_release+0x
 * fatal: dma-debug of 6.12 dereferences NULL where there is an IOMMU
 */
#include "edu.h"

static int bad_twin(struct edu *edu)
{
	dma_addr_t handle;
	void *buf;
	int ret;

	buf = dmam_alloc_coherent(edu->dev, EDU_SIZE, &handle, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = edu_read(edu, handle, EDU_SIZE);
	dma_free_coherent(edu->dev, EDU_SIZE, buf, handle); /* BAD */
	return ret;
}

static int good_twin(struct edu *edu)
{
	dma_addr_t handle;
	void *buf;
	int ret;

	buf = dmam_alloc_coherent(edu->dev, EDU_SIZE, &handle, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = edu_read(edu, handle, EDU_SIZE);
	dmam_free_coherent(edu->dev, EDU_SIZE, buf, handle);
	return ret;
}

EDU_DRIVER(free_managed_driver);

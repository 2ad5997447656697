// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: gfp-comp
 * swiotlb: WARNING: .* dma_alloc_attrs
 * iommu: WARNING: .* dma_alloc_attrs
 */
#include "edu.h"

static int bad_twin(struct edu *edu)
{
	dma_addr_t handle;
	void *buf;
	int ret;

	buf = dma_alloc_coherent(edu->dev, EDU_SIZE, &handle, /* BAD */
				 GFP_KERNEL | __GFP_COMP);
	if (!buf)
		return -ENOMEM;
	ret = edu_read(edu, handle, EDU_SIZE);
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
	ret = edu_read(edu, handle, EDU_SIZE);
	dma_free_coherent(edu->dev, EDU_SIZE, buf, handle);
	return ret;
}

EDU_DRIVER(gfp_comp_driver);

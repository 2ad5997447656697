// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: unmap-not-mapped
 * swiotlb: tries to free DMA memory it has not allocated
 * iommu: tries to free DMA memory it has not allocated
 * aftermath: an address is free that another mapping has
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
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE);
	if (!ret)
		goto unmap;
	dev_err(edu->dev, "the device does not answer\n");
unmap:
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE); /* BAD */
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
	if (!ret)
		goto unmap;
	dev_err(edu->dev, "the device does not answer\n");
unmap:
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE);
free:
	kfree(buf);
	return ret;
}

EDU_DRIVER(unmap_twice_driver);

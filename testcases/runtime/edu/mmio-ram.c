// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: mmio-on-ram
 * swiotlb: none: where each mapping has to bounce, that of a resource fails
 * iommu: dma_map_resource called for RAM address
 * seen-since: 7.2
 */
#include "edu.h"

static int bad_twin(struct edu *edu)
{
	void *buf = kzalloc(EDU_SIZE, GFP_KERNEL);
	dma_addr_t addr;
	int ret = -ENOMEM;

	if (!buf)
		return -ENOMEM;
	addr = dma_map_resource(edu->dev, virt_to_phys(buf), EDU_SIZE, /* BAD */
				DMA_TO_DEVICE, 0);
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	ret = edu_read(edu, addr, EDU_SIZE);
	dma_unmap_resource(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE, 0);
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

EDU_DRIVER(mmio_ram_driver);

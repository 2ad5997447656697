// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: memory-not-for-dma
 * swiotlb: maps memory from stack
 * iommu: maps memory from stack
 */
#include "edu.h"

static int bad_twin(struct edu *edu)
{
	dma_addr_t addr;
	u8 command[16] = {};
	int ret;

	addr = dma_map_single(edu->dev, command, sizeof(command), /* BAD */
			      DMA_TO_DEVICE);
	if (dma_mapping_error(edu->dev, addr))
		return -ENOMEM;
	ret = edu_read(edu, addr, sizeof(command));
	dma_unmap_single(edu->dev, addr, sizeof(command), DMA_TO_DEVICE);
	return ret;
}

static int good_twin(struct edu *edu)
{
	dma_addr_t addr;
	u8 *command = kzalloc(16, GFP_KERNEL);
	int ret = -ENOMEM;

	if (!command)
		return -ENOMEM;
	addr = dma_map_single(edu->dev, command, 16, DMA_TO_DEVICE);
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	ret = edu_read(edu, addr, 16);
	dma_unmap_single(edu->dev, addr, 16, DMA_TO_DEVICE);
free:
	kfree(command);
	return ret;
}

EDU_DRIVER(map_stack_driver);

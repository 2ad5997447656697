// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: mapping-leaked-on-error
 * swiotlb: pending DMA allocations while released
 * iommu: pending DMA allocations while released
 */
#include "edu.h"

/* The device answers each write to this register with the complement. */
#define EDU_LIVENESS	0x04

static bool edu_accepts(struct edu *edu, u32 command)
{
	writel(command, edu->regs + EDU_LIVENESS);
	return readl(edu->regs + EDU_LIVENESS) == command;
}

static int bad_twin(struct edu *edu)
{
	void *buf = kzalloc(EDU_SIZE, GFP_KERNEL);
	dma_addr_t addr;
	int ret = -ENOMEM;

	if (!buf)
		return -ENOMEM;
	addr = dma_map_single(edu->dev, buf, EDU_SIZE, DMA_TO_DEVICE); /* BAD */
	if (dma_mapping_error(edu->dev, addr))
		goto free;
	if (!edu_accepts(edu, 1)) {
		ret = -EIO;
		goto free;
	}
	ret = edu_read(edu, addr, EDU_SIZE);
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE);
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
	if (!edu_accepts(edu, 1)) {
		ret = -EIO;
		goto unmap;
	}
	ret = edu_read(edu, addr, EDU_SIZE);
unmap:
	dma_unmap_single(edu->dev, addr, EDU_SIZE, DMA_TO_DEVICE);
free:
	kfree(buf);
	return ret;
}

EDU_DRIVER(leak_driver);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: map-sg-negative-check
 * swiotlb: tries to free an invalid DMA memory address
 * iommu: none: the IOMMU has room for the mapping
 */
#include "edu.h"

/* More than SWIOTLB maps at once (IO_TLB_SEGSIZE slots, 256 KiB). */
#define ORDER	8

static int bad_twin(struct edu *edu)
{
	struct page *pages = alloc_pages(GFP_KERNEL | __GFP_ZERO, ORDER);
	struct scatterlist sgl;
	int ret, count;

	if (!pages)
		return -ENOMEM;
	sg_init_table(&sgl, 1);
	sg_set_page(&sgl, pages, PAGE_SIZE << ORDER, 0);
	count = dma_map_sg(edu->dev, &sgl, 1, DMA_TO_DEVICE);
	if (count < 0) { /* BAD */
		__free_pages(pages, ORDER);
		return count;
	}
	ret = edu_read(edu, sg_dma_address(&sgl), EDU_SIZE);
	dma_unmap_sg(edu->dev, &sgl, 1, DMA_TO_DEVICE);
	__free_pages(pages, ORDER);
	return ret;
}

static int good_twin(struct edu *edu)
{
	struct page *pages = alloc_pages(GFP_KERNEL | __GFP_ZERO, ORDER);
	struct scatterlist sgl;
	int ret = -EIO;

	if (!pages)
		return -ENOMEM;
	sg_init_table(&sgl, 1);
	sg_set_page(&sgl, pages, PAGE_SIZE << ORDER, 0);
	if (!dma_map_sg(edu->dev, &sgl, 1, DMA_TO_DEVICE))
		goto free;
	ret = edu_read(edu, sg_dma_address(&sgl), EDU_SIZE);
	dma_unmap_sg(edu->dev, &sgl, 1, DMA_TO_DEVICE);
free:
	__free_pages(pages, ORDER);
	return ret;
}

EDU_DRIVER(sg_negative_check_driver);

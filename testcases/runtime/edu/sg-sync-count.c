// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: unmap-sg-mapped-count
 * swiotlb: none: without an IOMMU each entry is mapped by itself, so that both counts are equal
 * iommu: syncs DMA sg list with different entry count
 */
#include "edu.h"

/* Two pages in a row, which an IOMMU maps as one segment. */
static struct page *two_pages(struct scatterlist *sgl)
{
	struct page *pages = alloc_pages(GFP_KERNEL | __GFP_ZERO, 1);

	if (!pages)
		return NULL;
	sg_init_table(sgl, 2);
	sg_set_page(&sgl[0], pages, PAGE_SIZE, 0);
	sg_set_page(&sgl[1], pages + 1, PAGE_SIZE, 0);
	return pages;
}

static int bad_twin(struct edu *edu)
{
	struct scatterlist sgl[2];
	struct page *pages = two_pages(sgl);
	int count, ret = -EIO;

	if (!pages)
		return -ENOMEM;
	count = dma_map_sg(edu->dev, sgl, 2, DMA_FROM_DEVICE);
	if (!count)
		goto free;
	ret = edu_write(edu, sg_dma_address(sgl), EDU_SIZE);
	dma_sync_sg_for_cpu(edu->dev, sgl, count, DMA_FROM_DEVICE); /* BAD */
	dma_unmap_sg(edu->dev, sgl, 2, DMA_FROM_DEVICE);
free:
	__free_pages(pages, 1);
	return ret;
}

static int good_twin(struct edu *edu)
{
	struct scatterlist sgl[2];
	struct page *pages = two_pages(sgl);
	int count, ret = -EIO;

	if (!pages)
		return -ENOMEM;
	count = dma_map_sg(edu->dev, sgl, 2, DMA_FROM_DEVICE);
	if (!count)
		goto free;
	ret = edu_write(edu, sg_dma_address(sgl), EDU_SIZE);
	dma_sync_sg_for_cpu(edu->dev, sgl, 2, DMA_FROM_DEVICE);
	dma_unmap_sg(edu->dev, sgl, 2, DMA_FROM_DEVICE);
free:
	__free_pages(pages, 1);
	return ret;
}

EDU_DRIVER(sg_sync_count_driver);

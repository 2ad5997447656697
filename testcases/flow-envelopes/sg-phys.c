// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int user(struct device *dev, struct sg_table *sgt, struct page **pages,
	 unsigned long addr, dma_addr_t *dma);
int kernel(struct device *dev, struct scatterlist *sg, dma_addr_t *dma);
int twice(struct device *dev, struct scatterlist *sg, struct page *page,
	  unsigned long addr);

/* sg_phys() is a physical address, though its type is dma_addr_t. */
int user(struct device *dev, struct sg_table *sgt, struct page **pages,
	 unsigned long addr, dma_addr_t *dma)
{
	phys_addr_t phys;

	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, pages, 8, 0, 8 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	phys = sg_phys(sgt->sgl);
	dma[0] = dma_map_phys(dev, phys, PAGE_SIZE, DMA_BIDIRECTIONAL, 0);
	dma[1] = dma_map_single(dev, sg_virt(sgt->sgl), PAGE_SIZE,
				DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, dma[0]);
}

int kernel(struct device *dev, struct scatterlist *sg, dma_addr_t *dma)
{
	sg_init_table(sg, 1);
	sg_set_page(sg, alloc_page(GFP_KERNEL), PAGE_SIZE, 0);
	dma[0] = dma_map_phys(dev, sg_phys(sg), PAGE_SIZE, DMA_BIDIRECTIONAL,
			      0);
	return dma_mapping_error(dev, dma[0]);
}

/* The address for the device is none that could be mapped again. */
int twice(struct device *dev, struct scatterlist *sg, struct page *page,
	  unsigned long addr)
{
	u64 dma;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	sg_init_table(sg, 1);
	sg_set_page(sg, page, PAGE_SIZE, 0);
	if (!dma_map_sg_attrs(dev, sg, 1, DMA_BIDIRECTIONAL,
			      DMA_ATTR_REQUIRE_COHERENT))
		return -EIO;
	dma = sg_dma_address(sg);
	dma_map_phys(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL, 0);
	return 0;
}

/*
 * check-name: the addresses of an entry of a table
 * check-output-start
 * sg-phys.c:23:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sg-phys.c:17:6: note: pages come from pin_user_pages_fast() into 'pages'
 * sg-phys.c:19:6: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * sg-phys.c:24:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sg-phys.c:17:6: note: pages come from pin_user_pages_fast() into 'pages'
 * sg-phys.c:19:6: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * check-output-end
 */

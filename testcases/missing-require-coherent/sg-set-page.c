// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define NR	8

int map_user(struct device *dev, struct scatterlist *sgl, unsigned long addr);
int map_kernel(struct device *dev, struct sg_table *sgt);

int map_user(struct device *dev, struct scatterlist *sgl, unsigned long addr)
{
	struct page *pages[NR];
	int i;

	if (pin_user_pages_fast(addr, NR, FOLL_LONGTERM, pages) != NR)
		return -EFAULT;
	sg_init_table(sgl, NR);
	for (i = 0; i < NR; i++)
		sg_set_page(&sgl[i], pages[i], PAGE_SIZE, 0);
	if (!dma_map_sg(dev, sgl, NR, DMA_FROM_DEVICE))
		return -EIO;
	return 0;
}

int map_kernel(struct device *dev, struct sg_table *sgt)
{
	struct scatterlist *sg;
	int i;

	if (sg_alloc_table(sgt, NR, GFP_KERNEL))
		return -ENOMEM;
	for_each_sgtable_sg(sgt, sg, i)
		sg_set_page(sg, alloc_page(GFP_KERNEL), PAGE_SIZE, 0);
	if (!dma_map_sg(dev, sgt->sgl, sgt->orig_nents, DMA_FROM_DEVICE))
		return -EIO;
	return 0;
}

/*
 * check-name: a scatterlist filled page by page
 * check-output-start
 * sg-set-page.c:20:7: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sg-set-page.c:15:6: note: pages come from pin_user_pages_fast() into 'pages'
 * sg-set-page.c:19:3: note: sg_set_page() puts 'pages' into 'sgl'
 * check-output-end
 */

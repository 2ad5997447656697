// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct user_table {
	struct sg_table sgt;
};

struct kernel_table {
	struct sg_table sgt;
};

int user_fill(struct user_table *t, struct page **pages, unsigned long addr);
int kernel_fill(struct kernel_table *t, struct page **pages);
int by_entry(struct device *dev, struct user_table *t, dma_addr_t *dma);
int by_page(struct device *dev, struct user_table *t, dma_addr_t *dma);
int by_hand(struct device *dev, struct user_table *t, dma_addr_t *dma);
int kernel_by_page(struct device *dev, struct kernel_table *t,
		   dma_addr_t *dma);

int user_fill(struct user_table *t, struct page **pages, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	return sg_alloc_table_from_pages(&t->sgt, pages, 8, 0, 8 * PAGE_SIZE,
					 GFP_KERNEL);
}

int kernel_fill(struct kernel_table *t, struct page **pages)
{
	pages[0] = alloc_page(GFP_KERNEL);
	if (!pages[0])
		return -ENOMEM;
	return sg_alloc_table_from_pages(&t->sgt, pages, 1, 0, PAGE_SIZE,
					 GFP_KERNEL);
}

int by_entry(struct device *dev, struct user_table *t, dma_addr_t *dma)
{
	struct scatterlist *sg;
	int i;

	for_each_sgtable_sg(&t->sgt, sg, i) {
		*dma = dma_map_page(dev, sg_page(sg), sg->offset, sg->length,
				    DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, *dma++))
			return -EIO;
	}
	return 0;
}

int by_page(struct device *dev, struct user_table *t, dma_addr_t *dma)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(&t->sgt, &iter, 0) {
		*dma = dma_map_page(dev, sg_page_iter_page(&iter), 0,
				    PAGE_SIZE, DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, *dma++))
			return -EIO;
	}
	return 0;
}

int by_hand(struct device *dev, struct user_table *t, dma_addr_t *dma)
{
	struct scatterlist *sg = t->sgt.sgl;

	while (sg) {
		*dma = dma_map_phys(dev, page_to_phys(sg_page(sg)), sg->length,
				    DMA_BIDIRECTIONAL, 0);
		if (dma_mapping_error(dev, *dma++))
			return -EIO;
		sg = sg_next(sg);
	}
	return 0;
}

int kernel_by_page(struct device *dev, struct kernel_table *t, dma_addr_t *dma)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(&t->sgt, &iter, 0)
		*dma++ = dma_map_page(dev, sg_page_iter_page(&iter), 0,
				      PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: iterators over a scatterlist
 * check-output-start
 * iterators.c:44:10: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * iterators.c:23:6: note: pages come from pin_user_pages_fast() into 'pages'
 * iterators.c:25:9: note: sg_alloc_table_from_pages() puts 'pages' into struct user_table.sgt
 * iterators.c:43:31: note: read from struct user_table.sgt
 * iterators.c:57:10: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * iterators.c:23:6: note: pages come from pin_user_pages_fast() into 'pages'
 * iterators.c:25:9: note: sg_alloc_table_from_pages() puts 'pages' into struct user_table.sgt
 * iterators.c:56:2: note: for_each_sgtable_page() puts struct user_table.sgt into 'iter'
 * iterators.c:70:10: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * iterators.c:23:6: note: pages come from pin_user_pages_fast() into 'pages'
 * iterators.c:25:9: note: sg_alloc_table_from_pages() puts 'pages' into struct user_table.sgt
 * iterators.c:67:34: note: read from struct user_table.sgt
 * check-output-end
 */

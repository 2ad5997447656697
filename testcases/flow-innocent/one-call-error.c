// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int hw_start(struct device *dev, struct sg_table *sgt);
int start(struct device *dev, unsigned long addr, struct page **pages,
	  struct sg_table *sgt);
int start_checked(struct device *dev, unsigned long addr, struct page **pages,
		  struct sg_table *sgt);

/* Unmapped where starting fails; else it stays. */
int start(struct device *dev, unsigned long addr, struct page **pages,
	  struct sg_table *sgt)
{
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		return ret;
	ret = dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		return ret;
	ret = hw_start(dev, sgt);
	if (ret)
		goto unmap;
	return 0;
unmap:
	dma_unmap_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
	return ret;
}

int start_checked(struct device *dev, unsigned long addr, struct page **pages,
		  struct sg_table *sgt)
{
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (!ret)
		ret = dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
	if (!ret) {
		ret = hw_start(dev, sgt);
		if (ret)
			dma_unmap_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
	}
	return ret;
}

/*
 * check-name: unmapped in the same function, but only where it fails
 * check-output-start
 * one-call-error.c:23:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-error.c:17:6: note: pages come from pin_user_pages_fast() into 'pages'
 * one-call-error.c:19:8: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * one-call-error.c:45:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-error.c:40:6: note: pages come from pin_user_pages_fast() into 'pages'
 * one-call-error.c:42:8: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * check-output-end
 */

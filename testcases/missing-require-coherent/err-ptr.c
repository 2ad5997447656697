// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

int map_user(struct device *dev, unsigned long addr);
int map_kernel(struct device *dev);

static struct sg_table *pinned_table(unsigned long addr)
{
	struct page *pages[4];
	struct sg_table *sgt;
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return ERR_PTR(-EFAULT);
	sgt = kmalloc(sizeof(*sgt), GFP_KERNEL);
	if (!sgt)
		return ERR_PTR(-ENOMEM);
	ret = sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (ret) {
		kfree(sgt);
		sgt = ERR_PTR(ret);
	}
	return sgt;
}

static struct sg_table *kernel_table(void)
{
	struct sg_table *sgt = kmalloc(sizeof(*sgt), GFP_KERNEL);
	struct scatterlist *sg;
	int i;

	if (!sgt)
		return ERR_PTR(-ENOMEM);
	if (sg_alloc_table(sgt, 4, GFP_KERNEL)) {
		kfree(sgt);
		return ERR_PTR(-ENOMEM);
	}
	for_each_sgtable_sg(sgt, sg, i)
		sg_set_page(sg, alloc_page(GFP_KERNEL), PAGE_SIZE, 0);
	return sgt;
}

int map_user(struct device *dev, unsigned long addr)
{
	struct sg_table *sgt = pinned_table(addr);

	if (IS_ERR(sgt))
		return PTR_ERR(sgt);
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

int map_kernel(struct device *dev)
{
	struct sg_table *sgt = kernel_table();

	if (IS_ERR(sgt))
		return PTR_ERR(sgt);
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: an error pointer is no memory that two functions share
 * check-output-start
 * err-ptr.c:52:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * err-ptr.c:15:6: note: pages come from pin_user_pages_fast() into 'pages'
 * err-ptr.c:20:8: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * err-ptr.c:48:25: note: returned by pinned_table()
 * check-output-end
 */

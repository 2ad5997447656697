// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* The kernel's own functions in a table, as a layer for old kernels has it. */
struct compat {
	int (*pin)(unsigned long start, int nr, unsigned int flags,
		   struct page **pages);
	int (*map)(struct device *dev, struct sg_table *sgt,
		   enum dma_data_direction dir, unsigned long attrs);
};

static const struct compat compat = {
	.pin = pin_user_pages_fast,
	.map = dma_map_sgtable,
};

int user_open(struct device *dev, struct sg_table *sgt, unsigned long addr);
int user_open_right(struct device *dev, struct sg_table *sgt,
		    unsigned long addr);
int ring_open(struct device *dev, struct sg_table *sgt);

int user_open(struct device *dev, struct sg_table *sgt, unsigned long addr)
{
	struct page *pages[4];

	if (compat.pin(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	return compat.map(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

int user_open_right(struct device *dev, struct sg_table *sgt,
		    unsigned long addr)
{
	struct page *pages[4];

	if (compat.pin(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	return compat.map(dev, sgt, DMA_BIDIRECTIONAL,
			  DMA_ATTR_REQUIRE_COHERENT);
}

int ring_open(struct device *dev, struct sg_table *sgt)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (sg_alloc_table_from_pages(sgt, &page, 1, 0, PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return compat.map(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: the kernel's functions, called through a table of the driver's
 * check-output-start
 * ops-kernel.c:32:16: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * ops-kernel.c:27:13: note: pages come from pin_user_pages_fast() into 'pages'
 * ops-kernel.c:29:6: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * check-output-end
 */

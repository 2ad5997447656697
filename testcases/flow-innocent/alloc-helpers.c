// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

int user_map(struct device *dev, unsigned long addr, struct sg_table *sgt);
int kernel_map(struct device *dev, struct sg_table *sgt);
int user_map_out(struct device *dev, unsigned long addr, dma_addr_t *dma);
int kernel_map_out(struct device *dev, dma_addr_t *dma);

/* Arrays for whoever asks. */
static struct page **alloc_array(int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);

	return pages ? pages : ERR_PTR(-ENOMEM);
}

static int alloc_array_out(int n, struct page ***out)
{
	struct page **pages = alloc_array(n);

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	*out = pages;
	return 0;
}

int user_map(struct device *dev, unsigned long addr, struct sg_table *sgt)
{
	struct page **pages = alloc_array(4);

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

int kernel_map(struct device *dev, struct sg_table *sgt)
{
	struct page **pages = alloc_array(4);
	int i;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	for (i = 0; i < 4; i++)
		pages[i] = alloc_page(GFP_KERNEL);
	if (sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

int user_map_out(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page **pages;
	int ret = alloc_array_out(4, &pages);

	if (ret)
		return ret;
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	*dma = dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int kernel_map_out(struct device *dev, dma_addr_t *dma)
{
	struct page **pages;
	int ret = alloc_array_out(4, &pages);

	if (ret)
		return ret;
	pages[0] = alloc_page(GFP_KERNEL);
	*dma = dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: the driver's own allocators serve user and kernel pages
 * check-output-start
 * alloc-helpers.c:40:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * alloc-helpers.c:35:6: note: pages come from pin_user_pages_fast() into 'pages'
 * alloc-helpers.c:37:6: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * alloc-helpers.c:67:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * alloc-helpers.c:65:6: note: pages come from pin_user_pages_fast() into 'pages'
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

int map_filled(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_allocated(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_kernel(struct device *dev, dma_addr_t *dma);

/* Fills an array of the caller's. */
static int fill_pages(unsigned long addr, int n, struct page **to)
{
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, to);
	return got == n ? 0 : -EFAULT;
}

/* Gives the caller an array of its own. */
static int alloc_pinned(unsigned long addr, int n, struct page ***ret)
{
	struct page **array;

	array = kcalloc(n, sizeof(*array), GFP_KERNEL);
	if (!array)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, n, FOLL_WRITE, array) != n) {
		kfree(array);
		return -EFAULT;
	}
	*ret = array;
	return 0;
}

static int alloc_kernel(struct page **to)
{
	to[0] = alloc_page(GFP_KERNEL);
	return to[0] ? 0 : -ENOMEM;
}

int map_filled(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *pages[2];
	int ret;

	ret = fill_pages(addr, 2, pages);
	if (ret)
		return ret;
	*dma = dma_map_page(dev, pages[1], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int map_allocated(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page **pages;
	int ret;

	ret = alloc_pinned(addr, 2, &pages);
	if (ret)
		return ret;
	*dma = dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int map_kernel(struct device *dev, dma_addr_t *dma)
{
	struct page *page;
	int ret;

	ret = alloc_kernel(&page);
	if (ret)
		return ret;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: a static function fills the pages of its caller
 * check-output-start
 * out-parameter.c:49:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * out-parameter.c:15:8: note: pages come from get_user_pages_fast() into 'to'
 * out-parameter.c:46:8: note: fill_pages() fills 'pages'
 * out-parameter.c:61:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * out-parameter.c:27:6: note: pages come from pin_user_pages_fast() into 'array'
 * out-parameter.c:58:8: note: alloc_pinned() fills 'pages'
 * check-output-end
 */

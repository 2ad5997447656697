// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/uio.h>

int map_gup(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_gup_fast(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_gup_remote(struct device *dev, struct mm_struct *mm,
		   unsigned long addr, dma_addr_t *dma);
int map_pin(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_pin_remote(struct device *dev, struct mm_struct *mm,
		   unsigned long addr, dma_addr_t *dma);

int map_gup(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (get_user_pages(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int map_gup_fast(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int map_gup_remote(struct device *dev, struct mm_struct *mm,
		   unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (get_user_pages_remote(mm, addr, 1, FOLL_WRITE, &page, NULL) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int map_pin(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int map_pin_remote(struct device *dev, struct mm_struct *mm,
		   unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_remote(mm, addr, 1, FOLL_WRITE, &page, NULL) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: every function that gives user memory
 * check-output-start
 * sources.c:20:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sources.c:18:6: note: pages come from get_user_pages() into 'page'
 * sources.c:30:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sources.c:28:6: note: pages come from get_user_pages_fast() into 'page'
 * sources.c:41:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sources.c:39:6: note: pages come from get_user_pages_remote() into 'page'
 * sources.c:51:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sources.c:49:6: note: pages come from pin_user_pages() into 'page'
 * sources.c:62:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sources.c:60:6: note: pages come from pin_user_pages_remote() into 'page'
 * check-output-end
 */

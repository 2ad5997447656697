// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct region {
	struct dma_iova_state state;
	struct page *page;
};

int region_link(struct device *dev, struct region *region, unsigned long addr);

/* dma_iova_sync() is part of the mapping and hands nothing over. */
int region_link(struct device *dev, struct region *region, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &region->page) != 1)
		return -EFAULT;
	if (!dma_iova_try_alloc(dev, &region->state, 0, PAGE_SIZE))
		return -ENOMEM;
	ret = dma_iova_link(dev, &region->state, page_to_phys(region->page), 0,
			    PAGE_SIZE, DMA_BIDIRECTIONAL, 0);
	if (!ret)
		ret = dma_iova_sync(dev, &region->state, 0, PAGE_SIZE);
	if (ret)
		dma_iova_destroy(dev, &region->state, 0, DMA_BIDIRECTIONAL, 0);
	return ret;
}

/*
 * check-name: dma_iova_sync() is none of the dma_sync_*()
 * check-output-start
 * sync-iova.c:21:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-iova.c:17:6: note: pages come from pin_user_pages_fast() into struct region.page
 * check-output-end
 */

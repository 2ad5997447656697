// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <rdma/ib_umem.h>

int map(struct device *dev, unsigned long addr, dma_addr_t *dma);

int map(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: in a driver of RDMA verbs
 * check-output-start
 * context-uverbs.c:14:9: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * context-uverbs.c:12:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <rdma/ib_umem.h>

static int demo_get(struct ib_device *dev, struct ib_umem *umem,
		    unsigned long start, struct page **pages)
{
	int ret;

	ret = pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (ret < 0)
		return ret;
	return ib_dma_map_sgtable_attrs(dev, &umem->sgt_append.sgt,
					DMA_BIDIRECTIONAL,
					DMA_ATTR_CPU_CACHE_CLEAN);
}

static void demo_put(struct ib_device *dev, struct ib_umem *umem)
{
	ib_dma_unmap_sgtable_attrs(dev, &umem->sgt_append.sgt,
				   DMA_BIDIRECTIONAL, DMA_ATTR_CPU_CACHE_CLEAN);
}

static dma_addr_t demo_map_db(struct device *dev, struct page *page)
{
	/* DMA_ATTR_CPU_CACHE_OVERLAP stands here for the debugging code. */
	return dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				  DMA_ATTR_NO_WARN | DMA_ATTR_CPU_CACHE_OVERLAP);
}

/* The old attribute could be left out here, the new one cannot. */
static void demo_unmap_db(struct device *dev, dma_addr_t addr)
{
	dma_unmap_page(dev, addr, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

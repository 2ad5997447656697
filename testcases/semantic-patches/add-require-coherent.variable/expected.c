// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <rdma/ib_umem.h>

/* The attribute is there, in a field and in a variable. */
static int demo_get(struct ib_device *dev, struct ib_umem *umem,
		    unsigned long start, struct page **pages)
{
	unsigned long attrs = DMA_ATTR_REQUIRE_COHERENT;
	int ret;

	ret = pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (ret < 0)
		return ret;
	umem->dma_attrs = DMA_ATTR_REQUIRE_COHERENT;
	if (umem->odp)
		return ib_dma_map_sgtable_attrs(dev, &umem->sgt_append.sgt,
						DMA_BIDIRECTIONAL, attrs);
	return ib_dma_map_sgtable_attrs(dev, &umem->sgt_append.sgt,
					DMA_BIDIRECTIONAL, umem->dma_attrs);
}

static void demo_put(struct ib_device *dev, struct ib_umem *umem)
{
	ib_dma_unmap_sgtable_attrs(dev, &umem->sgt_append.sgt,
				   DMA_BIDIRECTIONAL, umem->dma_attrs);
}

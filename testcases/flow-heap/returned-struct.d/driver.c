// SPDX-License-Identifier: GPL-2.0-only
/* module: driver */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "core.h"

struct driver_mr {
	struct umem *umem;
	struct page *ring;
};

int driver_register(struct device *dev, struct driver_mr *mr,
		    unsigned long addr);
int driver_ring(struct device *dev, struct driver_mr *mr, dma_addr_t *dma);

int driver_register(struct device *dev, struct driver_mr *mr,
		    unsigned long addr)
{
	struct umem *umem = umem_get(addr, 4);

	if (IS_ERR(umem))
		return PTR_ERR(umem);
	mr->umem = umem;
	if (sg_alloc_table_from_pages(&umem->sgt, umem->pages, umem->npages, 0,
				      umem->npages * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, &mr->umem->sgt, DMA_BIDIRECTIONAL, 0);
}

int driver_ring(struct device *dev, struct driver_mr *mr, dma_addr_t *dma)
{
	mr->ring = alloc_page(GFP_KERNEL);
	*dma = dma_map_page(dev, mr->ring, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

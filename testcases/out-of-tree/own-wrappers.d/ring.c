// SPDX-License-Identifier: GPL-2.0-only
/* module: acme */
#include "compat.h"

struct acme_ring {
	struct page *page;
	struct sg_table sgt;
};

int acme_ring_init(struct device *dev, struct acme_ring *ring);

int acme_ring_init(struct device *dev, struct acme_ring *ring)
{
	ring->page = alloc_page(GFP_KERNEL);
	if (!ring->page || sg_alloc_table(&ring->sgt, 1, GFP_KERNEL))
		return -ENOMEM;
	sg_set_page(ring->sgt.sgl, ring->page, PAGE_SIZE, 0);
	return acme_dma_map_sgtable(dev, &ring->sgt, DMA_BIDIRECTIONAL);
}

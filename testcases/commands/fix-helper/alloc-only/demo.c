// SPDX-License-Identifier: GPL-2.0-only
/* The map has an attribute of allocations: it is not spread to the unmap. */
#include <linux/dma-mapping.h>
#include <linux/scatterlist.h>

struct demo_pages {
	struct sg_table sgt;
};

int demo_map(struct device *dev, struct demo_pages *p);
void demo_unmap(struct device *dev, struct demo_pages *p);

int demo_map(struct device *dev, struct demo_pages *p)
{
	return dma_map_sgtable(dev, &p->sgt, DMA_BIDIRECTIONAL,
			       DMA_ATTR_NO_KERNEL_MAPPING);
}

void demo_unmap(struct device *dev, struct demo_pages *p)
{
	dma_unmap_sgtable(dev, &p->sgt, DMA_BIDIRECTIONAL, 0);
}

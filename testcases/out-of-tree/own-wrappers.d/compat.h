/* SPDX-License-Identifier: GPL-2.0-only */
/* What differs between the kernels that the driver is built for. */
#ifndef ACME_COMPAT_H
#define ACME_COMPAT_H

#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct acme_pages {
	struct page **list;
	int nr;
	struct sg_table *sgt;
};

int acme_pin_user_pages(struct acme_pages *pages, u64 addr, size_t len);
int acme_alloc_pages(struct acme_pages *pages, size_t len);
int acme_pages_to_sgt(struct acme_pages *pages);

#if defined(DMA_ATTR_PRIVILEGED)
#define acme_dma_map_sgtable(dev, sgt, dir)	dma_map_sgtable(dev, sgt, dir, 0)
#else
static inline int acme_dma_map_sgtable(struct device *dev,
				       struct sg_table *sgt,
				       enum dma_data_direction dir)
{
	sgt->nents = dma_map_sg(dev, sgt->sgl, sgt->orig_nents, dir);
	return sgt->nents ? 0 : -EIO;
}
#endif

static inline dma_addr_t acme_map_first(struct device *dev,
					struct acme_pages *pages)
{
	return dma_map_page(dev, pages->list[0], 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
}

#endif

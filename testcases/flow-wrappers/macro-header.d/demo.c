// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_open(struct device *dev, struct scatterlist *sg, struct page *ring,
	      unsigned long addr);

int demo_open(struct device *dev, struct scatterlist *sg, struct page *ring,
	      unsigned long addr)
{
	struct scatterlist ring_sg;
	struct page *page;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	sg_init_table(sg, 1);
	sg_set_page(sg, page, PAGE_SIZE, 0);
	sg_init_table(&ring_sg, 1);
	sg_set_page(&ring_sg, ring, PAGE_SIZE, 0);

	ret = DEMO_MAP_SG(dev, &ring_sg, 1, DMA_BIDIRECTIONAL);
	if (!ret)
		ret = DEMO_MAP_SG_COHERENT(dev, sg, 1, DMA_BIDIRECTIONAL);
	if (!ret)
		ret = DEMO_MAP_SG(dev, sg, 1, DMA_BIDIRECTIONAL);
	return ret;
}

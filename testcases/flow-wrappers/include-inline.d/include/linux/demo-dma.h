/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DEMO_DMA_H
#define _LINUX_DEMO_DMA_H

#include <linux/dma-mapping.h>

struct demo_device {
	struct device *dma_dev;
	bool virt;
};

static inline u64 demo_dma_map_attrs(struct demo_device *dev,
				     struct page *page, unsigned long attrs)
{
	if (dev->virt)
		return (uintptr_t)page_address(page);
	return dma_map_page_attrs(dev->dma_dev, page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL, attrs);
}

static inline u64 demo_dma_map(struct demo_device *dev, struct page *page)
{
	return demo_dma_map_attrs(dev, page, 0);
}

static inline u64 demo_dma_map_user(struct demo_device *dev, struct page *page)
{
	return demo_dma_map_attrs(dev, page, DMA_ATTR_REQUIRE_COHERENT);
}

#endif

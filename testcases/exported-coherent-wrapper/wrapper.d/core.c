// SPDX-License-Identifier: GPL-2.0-only
/* module: ib_core */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include "shared.h"

static dma_addr_t map(struct device *dev, struct page *page,
		      unsigned long attrs)
{
	return dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				  attrs);
}

dma_addr_t map_shared(struct device *dev, struct page *page)
{
	return map(dev, page, DMA_ATTR_REQUIRE_COHERENT);
}
EXPORT_SYMBOL_GPL(map_shared);

dma_addr_t map_for_one(struct device *dev, struct page *page)
{
	return map(dev, page, DMA_ATTR_REQUIRE_COHERENT);
}
EXPORT_SYMBOL_FOR_MODULES(map_for_one, "driver");

dma_addr_t map_plain(struct device *dev, struct page *page)
{
	return map(dev, page, 0);
}
EXPORT_SYMBOL_GPL(map_plain);

void unmap_shared(struct device *dev, dma_addr_t addr)
{
	dma_unmap_page_attrs(dev, addr, PAGE_SIZE, DMA_BIDIRECTIONAL,
			     DMA_ATTR_REQUIRE_COHERENT);
}
EXPORT_SYMBOL(unmap_shared);

dma_addr_t ib_umem_get_x(struct device *dev, struct page *page)
{
	return map(dev, page, DMA_ATTR_REQUIRE_COHERENT);
}
EXPORT_SYMBOL_GPL(ib_umem_get_x);

/* Whoever calls a function that maps so leads there, too. */
dma_addr_t map_twice(struct device *dev, struct page *page)
{
	map_shared(dev, page);
	return map_shared(dev, page);
}
EXPORT_SYMBOL(map_twice);

/* It is up to the caller. */
dma_addr_t map_any(struct device *dev, struct page *page, unsigned long attrs)
{
	return map(dev, page, attrs);
}
EXPORT_SYMBOL(map_any);

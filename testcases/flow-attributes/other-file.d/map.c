// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int good_map(struct device *dev, struct good_map *map, unsigned long addr,
	     dma_addr_t *dma);
int bad_map(struct device *dev, struct bad_map *map, unsigned long addr,
	    dma_addr_t *dma);

int good_map(struct device *dev, struct good_map *map, unsigned long addr,
	     dma_addr_t *dma)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &map->page) != 1)
		return -EFAULT;
	*dma = dma_map_page_attrs(dev, map->page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL, map->attrs);
	return dma_mapping_error(dev, *dma);
}

int bad_map(struct device *dev, struct bad_map *map, unsigned long addr,
	    dma_addr_t *dma)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &map->page) != 1)
		return -EFAULT;
	*dma = dma_map_page_attrs(dev, map->page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL, map->attrs);
	return dma_mapping_error(dev, *dma);
}

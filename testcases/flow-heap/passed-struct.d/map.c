// SPDX-License-Identifier: GPL-2.0-only
/* module: pfn-map */
#include <linux/dma-mapping.h>
#include <linux/hmm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "map.h"

int pfn_map_alloc(struct pfn_map *map, int n)
{
	map->pfn_list = kcalloc(n, sizeof(*map->pfn_list), GFP_KERNEL);
	map->dma_list = kcalloc(n, sizeof(*map->dma_list), GFP_KERNEL);
	return map->pfn_list && map->dma_list ? 0 : -ENOMEM;
}
EXPORT_SYMBOL_GPL(pfn_map_alloc);

dma_addr_t pfn_map_link(struct device *dev, struct pfn_map *map, int idx)
{
	unsigned long *pfns = map->pfn_list;
	unsigned long attrs = 0;

	map->dma_list[idx] = dma_map_phys(dev, hmm_pfn_to_phys(pfns[idx]),
					  PAGE_SIZE, DMA_BIDIRECTIONAL, attrs);
	return map->dma_list[idx];
}
EXPORT_SYMBOL_GPL(pfn_map_link);

dma_addr_t pfn_map_link_right(struct device *dev, struct pfn_map *map, int idx)
{
	unsigned long *pfns = map->pfn_list;
	unsigned long attrs = DMA_ATTR_REQUIRE_COHERENT;

	map->dma_list[idx] = dma_map_phys(dev, hmm_pfn_to_phys(pfns[idx]),
					  PAGE_SIZE, DMA_BIDIRECTIONAL, attrs);
	return map->dma_list[idx];
}
EXPORT_SYMBOL_GPL(pfn_map_link_right);

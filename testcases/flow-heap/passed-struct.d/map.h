/* SPDX-License-Identifier: GPL-2.0-only */
struct pfn_map {
	unsigned long *pfn_list;
	dma_addr_t *dma_list;
};

int pfn_map_alloc(struct pfn_map *map, int n);
dma_addr_t pfn_map_link(struct device *dev, struct pfn_map *map, int idx);
dma_addr_t pfn_map_link_right(struct device *dev, struct pfn_map *map,
			      int idx);

struct odp {
	struct pfn_map map;
};

int odp_fault(struct odp *odp, unsigned long start, int n);

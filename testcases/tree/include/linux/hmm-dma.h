/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_HMM_DMA_H
#define _LINUX_HMM_DMA_H

#include <linux/dma-mapping.h>

struct pci_p2pdma_map_state;

struct hmm_dma_map {
	struct dma_iova_state state;
	unsigned long *pfn_list;
	dma_addr_t *dma_list;
	size_t dma_entry_size;
};

dma_addr_t hmm_dma_map_pfn(struct device *dev, struct hmm_dma_map *map,
			   size_t idx,
			   struct pci_p2pdma_map_state *p2pdma_state);
bool hmm_dma_unmap_pfn(struct device *dev, struct hmm_dma_map *map, size_t idx);

#endif

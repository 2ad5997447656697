// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/hmm.h>

struct fault {
	struct device *dev;
	struct hmm_range range;
};

int by_literal(struct device *dev, unsigned long *pfns, dma_addr_t *dma);
int by_member(struct device *dev, unsigned long *pfns, dma_addr_t *dma);
int untouched(struct device *dev, unsigned long *pfns, dma_addr_t *dma);

int by_literal(struct device *dev, unsigned long *pfns, dma_addr_t *dma)
{
	int ret = hmm_range_fault(&(struct hmm_range){
		.hmm_pfns = pfns,
		.default_flags = HMM_PFN_REQ_FAULT,
	});

	if (ret)
		return ret;
	*dma = dma_map_page(dev, hmm_pfn_to_page(pfns[0]), 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int by_member(struct device *dev, unsigned long *pfns, dma_addr_t *dma)
{
	struct fault fault = {
		.dev = dev,
		.range = { .hmm_pfns = pfns, },
	};
	int ret = hmm_range_fault(&fault.range);

	if (ret)
		return ret;
	*dma = dma_map_page(fault.dev,
			    hmm_pfn_to_page(fault.range.hmm_pfns[0]), 0,
			    PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int untouched(struct device *dev, unsigned long *pfns, dma_addr_t *dma)
{
	*dma = dma_map_page(dev, hmm_pfn_to_page(pfns[0]), 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: compound literals and initialisers of members
 * check-output-start
 * compound-literal.c:23:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * compound-literal.c:16:12: note: pages come from hmm_range_fault() into struct hmm_range.hmm_pfns
 * compound-literal.c:38:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * compound-literal.c:34:12: note: pages come from hmm_range_fault() into struct hmm_range.hmm_pfns
 * check-output-end
 */

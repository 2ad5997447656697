// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/hmm.h>
#include <linux/hmm-dma.h>

struct svm {
	struct device *dev;
	struct dma_iova_state state;
	struct hmm_dma_map map;
	dma_addr_t dma[64];
};

int svm_map_pages(struct svm *svm, struct hmm_range *range, int n);
int svm_link(struct svm *svm, unsigned long start, unsigned long *pfns, int n);
int svm_link_coherent(struct svm *svm, unsigned long start,
		      unsigned long *pfns, int n);
int svm_map_right(struct svm *svm, struct hmm_range *range, int n);

int svm_map_pages(struct svm *svm, struct hmm_range *range, int n)
{
	int i, ret;

	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	for (i = 0; i < n; i++) {
		struct page *page = hmm_pfn_to_page(range->hmm_pfns[i]);

		svm->dma[i] = dma_map_page(svm->dev, page, 0, PAGE_SIZE,
					   DMA_BIDIRECTIONAL);
		if (dma_mapping_error(svm->dev, svm->dma[i]))
			return -EIO;
	}
	return 0;
}

int svm_link(struct svm *svm, unsigned long start, unsigned long *pfns, int n)
{
	struct hmm_range range = {
		.start = start,
		.end = start + n * PAGE_SIZE,
		.hmm_pfns = pfns,
		.default_flags = HMM_PFN_REQ_FAULT,
	};
	int i, ret;

	ret = hmm_range_fault(&range);
	for (i = 0; !ret && i < n; i++)
		ret = dma_iova_link(svm->dev, &svm->state,
				    hmm_pfn_to_phys(pfns[i]), i * PAGE_SIZE,
				    PAGE_SIZE, DMA_BIDIRECTIONAL, 0);
	return ret;
}

int svm_link_coherent(struct svm *svm, unsigned long start,
		      unsigned long *pfns, int n)
{
	struct hmm_range range = {
		.start = start,
		.end = start + n * PAGE_SIZE,
		.hmm_pfns = pfns,
		.default_flags = HMM_PFN_REQ_FAULT,
	};
	int i, ret;

	ret = hmm_range_fault(&range);
	for (i = 0; !ret && i < n; i++)
		ret = dma_iova_link(svm->dev, &svm->state,
				    hmm_pfn_to_phys(pfns[i]), i * PAGE_SIZE,
				    PAGE_SIZE, DMA_BIDIRECTIONAL,
				    DMA_ATTR_REQUIRE_COHERENT);
	return ret;
}

/* hmm_dma_map_pfn() sets the attribute itself. */
int svm_map_right(struct svm *svm, struct hmm_range *range, int n)
{
	int i, ret;

	range->hmm_pfns = svm->map.pfn_list;
	ret = hmm_range_fault(range);
	for (i = 0; !ret && i < n; i++) {
		svm->dma[i] = hmm_dma_map_pfn(svm->dev, &svm->map, i, NULL);
		ret = dma_mapping_error(svm->dev, svm->dma[i]);
	}
	return ret;
}

/*
 * check-name: pages and physical addresses from hmm_range_fault()
 * check-output-start
 * hmm.c:29:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * hmm.c:23:8: note: pages come from hmm_range_fault() into struct hmm_range.hmm_pfns
 * hmm.c:49:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * hmm.c:47:8: note: pages come from hmm_range_fault() into struct hmm_range.hmm_pfns
 * check-output-end
 */

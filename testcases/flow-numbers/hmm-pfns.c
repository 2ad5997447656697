// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/hmm.h>
#include <linux/slab.h>

struct svm {
	struct device *dev;
	unsigned long *pfns;
	dma_addr_t *dma;
};

struct pool {
	unsigned long *pfns;
};

int svm_fault(struct svm *svm, unsigned long start, int n);
int svm_map(struct svm *svm, int n);
int pool_map(struct device *dev, struct pool *pool, dma_addr_t *dma);

int svm_fault(struct svm *svm, unsigned long start, int n)
{
	struct hmm_range range = { .start = start };
	unsigned long *pfns = kvmalloc_array(n, sizeof(*pfns), GFP_KERNEL);
	int ret;

	if (!pfns)
		return -ENOMEM;
	range.end = start + n * PAGE_SIZE;
	range.hmm_pfns = pfns;
	ret = hmm_range_fault(&range);
	if (ret) {
		kvfree(pfns);
		return ret;
	}
	svm->pfns = pfns;
	return 0;
}

int svm_map(struct svm *svm, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		struct page *page;

		if (!(svm->pfns[i] & HMM_PFN_VALID))
			continue;
		page = hmm_pfn_to_page(svm->pfns[i]);
		svm->dma[i] = dma_map_page(svm->dev, page, 0, PAGE_SIZE,
					   svm->pfns[i] & HMM_PFN_WRITE ?
					   DMA_BIDIRECTIONAL : DMA_TO_DEVICE);
	}
	return 0;
}

int pool_map(struct device *dev, struct pool *pool, dma_addr_t *dma)
{
	pool->pfns[0] = page_to_pfn(alloc_page(GFP_KERNEL)) | HMM_PFN_VALID;
	*dma = dma_map_page(dev, hmm_pfn_to_page(pool->pfns[0]), 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: numbers of hmm_range_fault(), in an array of the driver's
 * check-output-start
 * hmm-pfns.c:49:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * hmm-pfns.c:30:8: note: pages come from hmm_range_fault() into struct hmm_range.hmm_pfns
 * hmm-pfns.c:35:7: note: kept in struct svm.pfns
 * check-output-end
 */

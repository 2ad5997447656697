// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct user_mr {
	u64 phys;
	dma_addr_t dma;
};

struct kernel_mr {
	u64 phys;
	dma_addr_t dma;
};

int user_register(struct user_mr *mr, unsigned long addr);
int user_map(struct device *dev, struct user_mr *mr);
int user_link(struct device *dev, struct dma_iova_state *state,
	      unsigned long addr);
int kernel_map(struct device *dev, struct kernel_mr *mr);

int user_register(struct user_mr *mr, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	mr->phys = page_to_phys(page);
	return 0;
}

int user_map(struct device *dev, struct user_mr *mr)
{
	phys_addr_t phys = mr->phys;

	mr->dma = dma_map_phys(dev, phys, PAGE_SIZE, DMA_BIDIRECTIONAL, 0);
	return dma_mapping_error(dev, mr->dma);
}

int user_link(struct device *dev, struct dma_iova_state *state,
	      unsigned long addr)
{
	struct page *page;
	unsigned long pfn;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	pfn = page_to_pfn(page);
	return dma_iova_link(dev, state, PFN_PHYS(pfn), 0, PAGE_SIZE,
			     DMA_BIDIRECTIONAL, 0);
}

int kernel_map(struct device *dev, struct kernel_mr *mr)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	mr->phys = page_to_phys(page);
	mr->dma = dma_map_phys(dev, mr->phys, PAGE_SIZE, DMA_BIDIRECTIONAL, 0);
	return dma_mapping_error(dev, mr->dma);
}

/*
 * check-name: physical addresses, kept in a u64, mapped as such
 * check-output-start
 * phys.c:35:12: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * phys.c:25:6: note: pages come from pin_user_pages_fast() into 'page'
 * phys.c:27:6: note: kept in struct user_mr.phys
 * phys.c:33:25: note: read from struct user_mr.phys
 * phys.c:48:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * phys.c:45:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct user_region {
	unsigned long pfn[8];
	dma_addr_t dma[8];
};

struct kernel_region {
	unsigned long pfn;
	dma_addr_t dma;
};

int user_pin(struct user_region *region, unsigned long addr);
int user_map(struct device *dev, struct user_region *region);
int kernel_map(struct device *dev, struct kernel_region *region);

int user_pin(struct user_region *region, unsigned long addr)
{
	struct page *pages[8];
	int i;

	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	for (i = 0; i < 8; i++)
		region->pfn[i] = page_to_pfn(pages[i]);
	return 0;
}

int user_map(struct device *dev, struct user_region *region)
{
	int i;

	for (i = 0; i < 8; i++) {
		region->dma[i] = dma_map_page(dev,
					      pfn_to_page(region->pfn[i]), 0,
					      PAGE_SIZE, DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, region->dma[i]))
			return -EIO;
	}
	return 0;
}

int kernel_map(struct device *dev, struct kernel_region *region)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	region->pfn = page_to_pfn(page);
	region->dma = dma_map_page(dev, pfn_to_page(region->pfn), 0,
				   PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, region->dma);
}

/*
 * check-name: a page becomes its number and a page again
 * check-output-start
 * pfn.c:36:20: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * pfn.c:24:6: note: pages come from pin_user_pages_fast() into 'pages'
 * pfn.c:27:3: note: stored in struct user_region.pfn
 * check-output-end
 */

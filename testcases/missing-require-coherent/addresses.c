// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map_single(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_phys(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_pfn(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_single_kernel(struct device *dev, dma_addr_t *dma);

static int pin(unsigned long addr, struct page **page)
{
	return pin_user_pages_fast(addr, 1, FOLL_LONGTERM, page) == 1 ?
		0 : -EFAULT;
}

int map_single(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;
	void *virt;

	if (pin(addr, &page))
		return -EFAULT;
	virt = page_address(page);
	*dma = dma_map_single(dev, virt + offset_in_page(addr), 64,
			      DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int map_phys(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin(addr, &page))
		return -EFAULT;
	*dma = dma_map_phys(dev, page_to_phys(page) + offset_in_page(addr), 64,
			    DMA_BIDIRECTIONAL, 0);
	return dma_mapping_error(dev, *dma);
}

int map_pfn(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;
	unsigned long pfn;

	if (pin(addr, &page))
		return -EFAULT;
	pfn = page_to_pfn(page);
	*dma = dma_map_page(dev, pfn_to_page(pfn), 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int map_single_kernel(struct device *dev, dma_addr_t *dma)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	*dma = dma_map_single(dev, page_address(page), 64, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: the page as a kernel address, a pfn, a physical address
 * check-output-start
 * addresses.c:24:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * addresses.c:12:9: note: pages come from pin_user_pages_fast() into 'page'
 * addresses.c:21:6: note: pin() fills 'page'
 * addresses.c:35:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * addresses.c:12:9: note: pages come from pin_user_pages_fast() into 'page'
 * addresses.c:33:6: note: pin() fills 'page'
 * addresses.c:48:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * addresses.c:12:9: note: pages come from pin_user_pages_fast() into 'page'
 * addresses.c:45:6: note: pin() fills 'page'
 * check-output-end
 */

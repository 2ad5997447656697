// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

int by_address(struct device *dev, unsigned long addr, dma_addr_t *dma);
int by_phys(struct device *dev, unsigned long addr, dma_addr_t *dma);
int by_folio(struct device *dev, unsigned long addr, dma_addr_t *dma);
int there_and_back(struct device *dev, unsigned long addr, dma_addr_t *dma);
int kernel(struct device *dev, dma_addr_t *dma);

static struct page *pin(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return NULL;
	return page;
}

int by_address(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = pin(addr);
	void *va = page ? page_address(page) : NULL;

	*dma = dma_map_single(dev, va + offset_in_page(addr), 64,
			      DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int by_phys(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = pin(addr);
	unsigned long pfn = page_to_pfn(page);

	*dma = dma_map_single(dev, __va(PFN_PHYS(pfn)), PAGE_SIZE,
			      DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int by_folio(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = pin(addr);
	struct folio *folio = page_folio(page);

	*dma = dma_map_single(dev, folio_address(folio), PAGE_SIZE,
			      DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int there_and_back(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	char *va = page_address(pin(addr));

	*dma = dma_map_page(dev, virt_to_page(va), offset_in_page(va),
			    PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int kernel(struct device *dev, dma_addr_t *dma)
{
	void *buf = kmalloc(PAGE_SIZE, GFP_KERNEL);
	unsigned long page = __get_free_page(GFP_KERNEL);

	dma[0] = dma_map_single(dev, buf, PAGE_SIZE, DMA_BIDIRECTIONAL);
	dma[1] = dma_map_single(dev, (void *)page, PAGE_SIZE,
				DMA_BIDIRECTIONAL);
	dma[2] = dma_map_page(dev, virt_to_page(buf), 0, PAGE_SIZE,
			      DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: the kernel's address of a pinned page
 * check-output-start
 * virtual.c:26:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * virtual.c:16:6: note: pages come from pin_user_pages_fast() into 'page'
 * virtual.c:23:22: note: returned by pin()
 * virtual.c:36:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * virtual.c:16:6: note: pages come from pin_user_pages_fast() into 'page'
 * virtual.c:33:22: note: returned by pin()
 * virtual.c:46:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * virtual.c:16:6: note: pages come from pin_user_pages_fast() into 'page'
 * virtual.c:43:22: note: returned by pin()
 * virtual.c:55:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * virtual.c:16:6: note: pages come from pin_user_pages_fast() into 'page'
 * virtual.c:53:26: note: returned by pin()
 * check-output-end
 */

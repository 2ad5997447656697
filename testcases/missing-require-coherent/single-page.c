// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct doorbell {
	struct page *page;
	dma_addr_t dma;
};

int map_local(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_field(struct device *dev, unsigned long addr, struct doorbell *db);
int map_vmalloc(struct device *dev, void *addr, dma_addr_t *dma);

int map_local(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, offset_in_page(addr), 8,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int map_field(struct device *dev, unsigned long addr, struct doorbell *db)
{
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &db->page) != 1)
		return -EFAULT;
	db->dma = dma_map_page_attrs(dev, db->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_SKIP_CPU_SYNC);
	return dma_mapping_error(dev, db->dma);
}

int map_vmalloc(struct device *dev, void *addr, dma_addr_t *dma)
{
	struct page *page = vmalloc_to_page(addr);

	*dma = dma_map_page(dev, page, offset_in_page(addr), 8,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: one page, pinned through the address of a variable
 * check-output-start
 * single-page.c:20:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * single-page.c:18:6: note: pages come from pin_user_pages_fast() into 'page'
 * single-page.c:29:12: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * single-page.c:27:6: note: pages come from pin_user_pages_fast() into struct doorbell.page
 * check-output-end
 */

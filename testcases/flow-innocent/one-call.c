// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int hw_run(struct device *dev, dma_addr_t dma);
int hw_run_table(struct device *dev, struct sg_table *sgt);
int read_page(struct device *dev, unsigned long addr);
int read_table(struct device *dev, unsigned long addr, struct page **pages);

int read_page(struct device *dev, unsigned long addr)
{
	struct page *page;
	dma_addr_t dma;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page) !=
	    1)
		return -EFAULT;
	dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, dma)) {
		ret = -EIO;
		goto unpin;
	}
	ret = hw_run(dev, dma);
	dma_unmap_page(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
unpin:
	unpin_user_page(page);
	return ret;
}

int read_table(struct device *dev, unsigned long addr, struct page **pages)
{
	struct sg_table sgt;
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_WRITE | FOLL_LONGTERM, pages) !=
	    4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&sgt, pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		goto unpin;
	ret = dma_map_sgtable(dev, &sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		goto free;
	ret = hw_run_table(dev, &sgt);
	dma_unmap_sgtable(dev, &sgt, DMA_BIDIRECTIONAL, 0);
free:
	sg_free_table(&sgt);
unpin:
	unpin_user_pages(pages, 4);
	return ret;
}

/*
 * check-name: mapped, used and unmapped in one function
 * check-output-start
 * check-output-end
 */

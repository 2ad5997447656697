// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int hw_run(struct device *dev, dma_addr_t dma);
int hw_keep(struct device *dev, dma_addr_t dma);
int start(struct device *dev, unsigned long addr);
int run(struct device *dev, unsigned long addr);

/* What the device keeps stays mapped: the unmap is jumped over. */
int start(struct device *dev, unsigned long addr)
{
	struct page *page;
	dma_addr_t dma;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, dma))
		return -EIO;
	ret = hw_keep(dev, dma);
	if (!ret)
		goto out;
	dma_unmap_page(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
	unpin_user_page(page);
out:
	return ret;
}

/* Each jump leads to the unmap. */
int run(struct device *dev, unsigned long addr)
{
	struct page *page;
	dma_addr_t dma;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, dma)) {
		unpin_user_page(page);
		return -EIO;
	}
	ret = hw_keep(dev, dma);
	if (ret)
		goto unmap;
	ret = hw_run(dev, dma);
unmap:
	dma_unmap_page(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
	unpin_user_page(page);
	return ret;
}

/*
 * check-name: jumps over the unmap, and to it
 * check-output-start
 * one-call-goto.c:19:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-goto.c:17:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int hw_start(struct device *dev, dma_addr_t dma);
int hw_wait(struct device *dev);
int run(struct device *dev, unsigned long addr);
int leave(struct device *dev, unsigned long addr);

/* Unmapped on each way out. */
int run(struct device *dev, unsigned long addr)
{
	struct page *page;
	dma_addr_t dma;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, dma))
		return -EIO;
	ret = hw_start(dev, dma);
	if (ret) {
		dma_unmap_page(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
		return ret;
	}
	ret = hw_wait(dev);
	dma_unmap_page(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return ret;
}

/* If it does not come to its end in time, it goes on in the background. */
int leave(struct device *dev, unsigned long addr)
{
	struct page *page;
	dma_addr_t dma;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, dma))
		return -EIO;
	ret = hw_start(dev, dma);
	if (ret) {
		dma_unmap_page(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
		return ret;
	}
	ret = hw_wait(dev);
	if (ret == -EAGAIN)
		return 0;
	dma_unmap_page(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return ret;
}

/*
 * check-name: unmapped on each way out, or on all but one
 * check-output-start
 * one-call-arms.c:41:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-arms.c:39:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int hw_run_list(struct device *dev, dma_addr_t *dma, int n);
int run(struct device *dev, unsigned long addr);
int open(struct device *dev, unsigned long addr, dma_addr_t *dma);

int run(struct device *dev, unsigned long addr)
{
	struct page *pages[4];
	dma_addr_t dma[4];
	int i, n, ret = 0;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	for (n = 0; n < 4; n++) {
		dma[n] = dma_map_page(dev, pages[n], 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, dma[n])) {
			ret = -EIO;
			break;
		}
	}
	if (!ret)
		ret = hw_run_list(dev, dma, n);
	for (i = 0; i < n; i++)
		dma_unmap_page(dev, dma[i], PAGE_SIZE, DMA_BIDIRECTIONAL);
	unpin_user_pages(pages, 4);
	return ret;
}

/* The first ones are undone where the last one fails. */
int open(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *pages[4];
	int n;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	for (n = 0; n < 4; n++) {
		dma[n] = dma_map_page(dev, pages[n], 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, dma[n]))
			goto undo;
	}
	return 0;
undo:
	while (n--)
		dma_unmap_page(dev, dma[n], PAGE_SIZE, DMA_BIDIRECTIONAL);
	unpin_user_pages(pages, 4);
	return -EIO;
}

/*
 * check-name: page by page, unmapped at the end or where it fails
 * check-output-start
 * one-call-pages.c:42:12: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-pages.c:39:6: note: pages come from pin_user_pages_fast() into 'pages'
 * check-output-end
 */

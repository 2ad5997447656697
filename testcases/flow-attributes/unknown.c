// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct config {
	unsigned long attrs;
};

int read_config(struct config *config);
unsigned long choose_attrs(struct device *dev);
int map(struct device *dev, unsigned long addr, dma_addr_t dma[2]);

int map(struct device *dev, unsigned long addr, dma_addr_t dma[2])
{
	struct config config;
	struct page *page;

	if (read_config(&config))
		return -EINVAL;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    choose_attrs(dev));
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    config.attrs | DMA_ATTR_NO_WARN);
	return 0;
}

/*
 * check-name: attributes from code that is not there: a note, no more
 * check-command: dmacheck check --level note
 * check-output-start
 * unknown.c:22:11: note: user memory is DMA-mapped, possibly without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * unknown.c:20:6: note: pages come from pin_user_pages_fast() into 'page'
 * unknown.c:24:11: note: user memory is DMA-mapped, possibly without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * unknown.c:20:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

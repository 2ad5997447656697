// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map(struct device *dev, unsigned long addr, dma_addr_t dma[2]);

static void add_coherent(unsigned long *attrs)
{
	*attrs |= DMA_ATTR_REQUIRE_COHERENT;
}

static int get_weak(unsigned long *attrs)
{
	*attrs = DMA_ATTR_WEAK_ORDERING;
	return 0;
}

int map(struct device *dev, unsigned long addr, dma_addr_t dma[2])
{
	unsigned long with = DMA_ATTR_NO_WARN, without;
	struct page *page;

	add_coherent(&with);
	if (get_weak(&without))
		return -EINVAL;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    with);
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    without);
	return 0;
}

/*
 * check-name: attributes that a function puts behind a pointer
 * check-output-start
 * out-parameter.c:30:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * out-parameter.c:26:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

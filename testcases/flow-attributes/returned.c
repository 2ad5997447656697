// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

enum kind { KIND_USER, KIND_KERNEL, KIND_P2P };

int map(struct device *dev, unsigned long addr, enum kind kind,
	dma_addr_t dma[4]);

static unsigned long user_attrs(void)
{
	return DMA_ATTR_REQUIRE_COHERENT;
}

static unsigned long weak_attrs(bool weak)
{
	unsigned long attrs = 0;

	if (weak)
		attrs |= DMA_ATTR_WEAK_ORDERING;
	return attrs;
}

static unsigned long kind_attrs(enum kind kind)
{
	switch (kind) {
	case KIND_USER:
		return DMA_ATTR_REQUIRE_COHERENT;
	case KIND_P2P:
		return DMA_ATTR_REQUIRE_COHERENT | DMA_ATTR_MMIO;
	default:
		return DMA_ATTR_REQUIRE_COHERENT | DMA_ATTR_NO_WARN;
	}
}

static unsigned long other_attrs(enum kind kind)
{
	switch (kind) {
	case KIND_P2P:
		return DMA_ATTR_MMIO;
	case KIND_USER:
		return DMA_ATTR_WEAK_ORDERING;
	default:
		return 0;
	}
}

int map(struct device *dev, unsigned long addr, enum kind kind,
	dma_addr_t dma[4])
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    user_attrs());
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    weak_attrs(kind == KIND_USER));
	dma[2] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    kind_attrs(kind) | weak_attrs(true));
	dma[3] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    other_attrs(kind));
	return 0;
}

/*
 * check-name: attributes that a function returns
 * check-output-start
 * returned.c:57:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * returned.c:53:6: note: pages come from pin_user_pages_fast() into 'page'
 * returned.c:61:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * returned.c:53:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

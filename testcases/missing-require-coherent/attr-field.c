// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct good {
	struct page *page;
	dma_addr_t dma;
	unsigned long attrs;
};

struct bad {
	struct page *page;
	dma_addr_t dma;
	unsigned long attrs;
};

void good_init(struct good *good, bool weak);
void bad_init(struct bad *bad, bool weak);
int good_map(struct device *dev, struct good *good, unsigned long addr);
int bad_map(struct device *dev, struct bad *bad, unsigned long addr);

void good_init(struct good *good, bool weak)
{
	good->attrs = DMA_ATTR_REQUIRE_COHERENT;
	if (weak)
		good->attrs |= DMA_ATTR_WEAK_ORDERING;
}

void bad_init(struct bad *bad, bool weak)
{
	bad->attrs = DMA_ATTR_NO_WARN;
	if (weak)
		bad->attrs |= DMA_ATTR_WEAK_ORDERING;
}

int good_map(struct device *dev, struct good *good, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &good->page) != 1)
		return -EFAULT;
	good->dma = dma_map_page_attrs(dev, good->page, 0, PAGE_SIZE,
				       DMA_BIDIRECTIONAL, good->attrs);
	return dma_mapping_error(dev, good->dma);
}

int bad_map(struct device *dev, struct bad *bad, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &bad->page) != 1)
		return -EFAULT;
	bad->dma = dma_map_page_attrs(dev, bad->page, 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL, bad->attrs);
	return dma_mapping_error(dev, bad->dma);
}

/*
 * check-name: the attribute in a field, set in one function and used in another
 * check-output-start
 * attr-field.c:49:13: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * attr-field.c:47:6: note: pages come from pin_user_pages_fast() into struct bad.page
 * check-output-end
 */

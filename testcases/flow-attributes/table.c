// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct good_kind {
	const char *name;
	unsigned long attrs;
};

struct bad_kind {
	const char *name;
	unsigned long attrs;
};

static const struct good_kind good = { "good", DMA_ATTR_REQUIRE_COHERENT };
static const struct bad_kind bad = {
	.name = "bad",
	.attrs = DMA_ATTR_WEAK_ORDERING,
};
static unsigned long good_attrs = DMA_ATTR_REQUIRE_COHERENT;
static unsigned long bad_attrs = DMA_ATTR_NO_WARN;

int map(struct device *dev, unsigned long addr, dma_addr_t dma[4]);

int map(struct device *dev, unsigned long addr, dma_addr_t dma[4])
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    good.attrs);
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    bad.attrs);
	dma[2] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    good_attrs);
	dma[3] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    bad_attrs);
	return 0;
}

/*
 * check-name: attributes in tables and variables of the file
 * check-output-start
 * table.c:33:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * table.c:29:6: note: pages come from pin_user_pages_fast() into 'page'
 * table.c:37:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * table.c:29:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */

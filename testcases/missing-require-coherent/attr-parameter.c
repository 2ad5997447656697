// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct sg_table sgt;
};

int demo_right(struct demo *demo, unsigned long addr);
int demo_wrong(struct demo *demo, unsigned long addr);

static int demo_map(struct demo *demo, struct page **pages, int n,
		    unsigned long attrs)
{
	int ret;

	ret = sg_alloc_table_from_pages(&demo->sgt, pages, n, 0,
					n * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(demo->dev, &demo->sgt, DMA_BIDIRECTIONAL,
			       attrs);
}

int demo_right(struct demo *demo, unsigned long addr)
{
	struct page *pages[16];

	if (pin_user_pages_fast(addr, 16, FOLL_LONGTERM, pages) != 16)
		return -EFAULT;
	return demo_map(demo, pages, 16, DMA_ATTR_REQUIRE_COHERENT);
}

int demo_wrong(struct demo *demo, unsigned long addr)
{
	struct page *pages[16];

	if (pin_user_pages_fast(addr, 16, FOLL_LONGTERM, pages) != 16)
		return -EFAULT;
	return demo_map(demo, pages, 16, 0);
}

/*
 * check-name: a helper with two callers, one of which is wrong
 * check-output-start
 * attr-parameter.c:22:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT for demo_wrong() [missing-require-coherent]
 * attr-parameter.c:39:6: note: pages come from pin_user_pages_fast() into 'pages'
 * attr-parameter.c:41:9: note: passed to demo_map() as 'pages'
 * attr-parameter.c:18:8: note: sg_alloc_table_from_pages() puts 'pages' into struct demo.sgt
 * check-output-end
 */

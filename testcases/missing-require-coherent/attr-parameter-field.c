// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *pages[16];
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
	if (pin_user_pages_fast(addr, 16, FOLL_LONGTERM, demo->pages) != 16)
		return -EFAULT;
	return demo_map(demo, demo->pages, 16, DMA_ATTR_REQUIRE_COHERENT);
}

int demo_wrong(struct demo *demo, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 16, FOLL_LONGTERM, demo->pages) != 16)
		return -EFAULT;
	return demo_map(demo, demo->pages, 16, 0);
}

/*
 * check-name: a helper with two callers that share a field, one of which is wrong
 * check-output-start
 * attr-parameter-field.c:23:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT for demo_wrong() [missing-require-coherent]
 * attr-parameter-field.c:36:6: note: pages come from pin_user_pages_fast() into struct demo.pages
 * attr-parameter-field.c:38:9: note: passed to demo_map() as 'pages'
 * attr-parameter-field.c:19:8: note: sg_alloc_table_from_pages() puts 'pages' into struct demo.sgt
 * check-output-end
 */

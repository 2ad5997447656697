// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *user, *kernel;
	dma_addr_t dma[8];
};

int demo_open(struct demo *demo, unsigned long addr);

static int note(struct page *page)
{
	return !page;
}

static struct page *pin(unsigned long addr)
{
	struct page *page = NULL;
	int ret;

	if ((ret = pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page)) != 1)
		return (note(page), NULL);
	return page;
}

int demo_open(struct demo *demo, unsigned long addr)
{
	struct page *page, *other;
	dma_addr_t dma;

	demo->kernel = alloc_page(GFP_KERNEL);
	if (!(page = demo->user = pin(addr)) || !demo->kernel)
		return -ENOMEM;

	/* The value of a comma, of an assignment, of a statement. */
	demo->dma[0] = dma_map_page(demo->dev, (note(page), page), 0,
				    PAGE_SIZE, DMA_BIDIRECTIONAL);
	demo->dma[1] = dma_map_page(demo->dev, (note(page), demo->kernel), 0,
				    PAGE_SIZE, DMA_BIDIRECTIONAL);
	demo->dma[2] = dma_map_page(demo->dev, other = page, 0, PAGE_SIZE,
				    DMA_BIDIRECTIONAL);
	demo->dma[3] = dma_map_page(demo->dev, ({ note(page); demo->kernel; }),
				    0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	/* One or the other, the first or the second. */
	demo->dma[4] = dma_map_page(demo->dev, other ?: demo->kernel, 0,
				    PAGE_SIZE, DMA_BIDIRECTIONAL);
	demo->dma[5] = dma_map_page(demo->dev,
				    note(page) ? demo->kernel : demo->kernel,
				    0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	/* A call in a call, a map in a condition. */
	demo->dma[6] = dma_map_page(demo->dev, pin(addr + PAGE_SIZE), 0,
				    PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(demo->dev, dma = dma_map_page(demo->dev,
				demo->user, 0, PAGE_SIZE, DMA_BIDIRECTIONAL)))
		return -EIO;
	demo->dma[7] = dma;
	return 0;
}

/*
 * check-name: values of all kinds of expression
 * check-output-start
 * expressions.c:38:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * expressions.c:23:13: note: pages come from pin_user_pages_fast() into 'page'
 * expressions.c:34:28: note: returned by pin()
 * expressions.c:42:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * expressions.c:23:13: note: pages come from pin_user_pages_fast() into 'page'
 * expressions.c:34:28: note: returned by pin()
 * expressions.c:47:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * expressions.c:23:13: note: pages come from pin_user_pages_fast() into 'page'
 * expressions.c:34:28: note: returned by pin()
 * expressions.c:53:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * expressions.c:23:13: note: pages come from pin_user_pages_fast() into 'page'
 * expressions.c:53:41: note: returned by pin()
 * expressions.c:55:41: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * expressions.c:23:13: note: pages come from pin_user_pages_fast() into 'page'
 * expressions.c:34:28: note: returned by pin()
 * expressions.c:34:21: note: kept in struct demo.user
 * check-output-end
 */

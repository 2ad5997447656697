// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	dma_addr_t user[16], ring[16];
};

int demo_add_user(struct demo *demo, unsigned long addr, struct page **pages);
int demo_add_ring(struct demo *demo, struct page **pages);

static int each_page(struct page **pages, int n,
		     int (*fn)(struct page *page, int i, void *data),
		     void *data)
{
	int i, ret = 0;

	for (i = 0; i < n && !ret; i++)
		ret = fn(pages[i], i, data);
	return ret;
}

static int map_user(struct page *page, int i, void *data)
{
	struct demo *demo = data;

	demo->user[i] = dma_map_page(demo->dev, page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL);
	return 0;
}

static int map_ring(struct page *page, int i, void *data)
{
	struct demo *demo = data;

	demo->ring[i] = dma_map_page(demo->dev, page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL);
	return 0;
}

int demo_add_user(struct demo *demo, unsigned long addr, struct page **pages)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	return each_page(pages, 4, map_user, demo);
}

int demo_add_ring(struct demo *demo, struct page **pages)
{
	pages[0] = alloc_page(GFP_KERNEL);
	if (!pages[0])
		return -ENOMEM;
	return each_page(pages, 1, map_ring, demo);
}

/*
 * check-name: one iterator for user and kernel pages, each with its callback
 * check-known-to-fail: a callback is called with all that its iterator is given
 * check-output-start
 * callback-shared.c:28:18: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * callback-shared.c:44:6: note: pages come from pin_user_pages_fast() into 'pages'
 * callback-shared.c:46:9: note: passed to each_page() as 'pages'
 * callback-shared.c:20:9: note: passed to map_user() as 'page'
 * check-output-end
 */

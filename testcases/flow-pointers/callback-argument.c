// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	dma_addr_t dma[16];
	int nr;
};

int demo_add_user(struct demo *demo, unsigned long addr, struct page **pages);
int demo_add_kernel(struct demo *demo, struct page **pages);

static int each_user_page(struct page **pages, int n,
			  int (*fn)(struct page *page, void *data), void *data)
{
	int i, ret = 0;

	for (i = 0; i < n && !ret; i++)
		ret = fn(pages[i], data);
	return ret;
}

static int each_kernel_page(struct page **pages, int n,
			    int (*fn)(struct page *page, void *data),
			    void *data)
{
	int i, ret = 0;

	for (i = 0; i < n && !ret; i++)
		ret = fn(pages[i], data);
	return ret;
}

static int map_user(struct page *page, void *data)
{
	struct demo *demo = data;

	demo->dma[demo->nr++] = dma_map_page(demo->dev, page, 0, PAGE_SIZE,
					     DMA_BIDIRECTIONAL);
	return 0;
}

static int map_kernel(struct page *page, void *data)
{
	struct demo *demo = data;

	demo->dma[demo->nr++] = dma_map_page(demo->dev, page, 0, PAGE_SIZE,
					     DMA_BIDIRECTIONAL);
	return 0;
}

int demo_add_user(struct demo *demo, unsigned long addr, struct page **pages)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	return each_user_page(pages, 4, map_user, demo);
}

int demo_add_kernel(struct demo *demo, struct page **pages)
{
	pages[0] = alloc_page(GFP_KERNEL);
	if (!pages[0])
		return -ENOMEM;
	return each_kernel_page(pages, 1, map_kernel, demo);
}

/*
 * check-name: mapped in a function that is passed as an argument
 * check-output-start
 * callback-argument.c:39:26: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * callback-argument.c:55:6: note: pages come from pin_user_pages_fast() into 'pages'
 * callback-argument.c:57:9: note: passed to each_user_page() as 'pages'
 * callback-argument.c:20:9: note: passed to map_user() as 'page'
 * check-output-end
 */

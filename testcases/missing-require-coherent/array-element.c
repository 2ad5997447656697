// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct window {
	struct page *user[4];
	struct page *shadow[4];
};

int window_open(struct window *w, unsigned long addr);
int window_map(struct device *dev, struct window *w, dma_addr_t *dma);

int window_open(struct window *w, unsigned long addr)
{
	int i;

	for (i = 0; i < 4; i++) {
		struct page *page;

		if (get_user_pages(addr, 1, FOLL_WRITE, &page) != 1)
			return -EFAULT;
		w->user[i] = page;
		w->shadow[i] = alloc_page(GFP_KERNEL);
		addr += PAGE_SIZE;
	}
	return 0;
}

int window_map(struct device *dev, struct window *w, dma_addr_t *dma)
{
	int i;

	for (i = 0; i < 4; i++) {
		dma[2 * i] = dma_map_page(dev, w->shadow[i], 0, PAGE_SIZE,
					  DMA_BIDIRECTIONAL);
		dma[2 * i + 1] = dma_map_page(dev, w->user[i], 0, PAGE_SIZE,
					      DMA_BIDIRECTIONAL);
	}
	return 0;
}

/*
 * check-name: pages pinned one by one and stored in an array
 * check-output-start
 * array-element.c:36:20: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * array-element.c:20:7: note: pages come from get_user_pages() into 'page'
 * array-element.c:22:3: note: stored in struct window.user
 * check-output-end
 */

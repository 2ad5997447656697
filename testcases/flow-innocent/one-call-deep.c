// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct transfer {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
};

struct window {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
};

int hw_run_table(struct device *dev, struct sg_table *sgt);
int transfer(struct device *dev, unsigned long addr, int chunks);
int window_open(struct window *window, unsigned long addr);
void window_close(struct window *window);

static int transfer_map(struct transfer *t)
{
	int ret = sg_alloc_table_from_pages(&t->sgt, t->pages, 4, 0,
					    4 * PAGE_SIZE, GFP_KERNEL);

	if (ret)
		return ret;
	return dma_map_sgtable(t->dev, &t->sgt, DMA_BIDIRECTIONAL, 0);
}

static int transfer_prepare(struct transfer *t, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, t->pages) != 4)
		return -EFAULT;
	return transfer_map(t);
}

static void transfer_finish(struct transfer *t)
{
	dma_unmap_sgtable(t->dev, &t->sgt, DMA_BIDIRECTIONAL, 0);
	sg_free_table(&t->sgt);
	unpin_user_pages(t->pages, 4);
}

static int transfer_one(struct transfer *t, unsigned long addr)
{
	int ret = transfer_prepare(t, addr);

	if (ret)
		return ret;
	ret = hw_run_table(t->dev, &t->sgt);
	transfer_finish(t);
	return ret;
}

int transfer(struct device *dev, unsigned long addr, int chunks)
{
	struct transfer t = { .dev = dev };
	int i, ret = 0;

	for (i = 0; i < chunks && !ret; i++)
		ret = transfer_one(&t, addr + i * 4 * PAGE_SIZE);
	return ret;
}

static int window_map(struct window *window)
{
	int ret = sg_alloc_table_from_pages(&window->sgt, window->pages, 4, 0,
					    4 * PAGE_SIZE, GFP_KERNEL);

	if (ret)
		return ret;
	return dma_map_sgtable(window->dev, &window->sgt, DMA_BIDIRECTIONAL,
			       0);
}

int window_open(struct window *window, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, window->pages) != 4)
		return -EFAULT;
	return window_map(window);
}

void window_close(struct window *window)
{
	dma_unmap_sgtable(window->dev, &window->sgt, DMA_BIDIRECTIONAL, 0);
	unpin_user_pages(window->pages, 4);
}

/*
 * check-name: mapped and unmapped on the way of one call, several callers deep
 * check-output-start
 * one-call-deep.c:74:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-deep.c:80:6: note: pages come from pin_user_pages_fast() into struct window.pages
 * one-call-deep.c:69:12: note: sg_alloc_table_from_pages() puts struct window.pages into struct window.sgt
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct transfer {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
	int nents;
};

struct window {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
	bool keep;
};

int hw_run_table(struct device *dev, struct sg_table *sgt);
int transfer(struct device *dev, unsigned long addr);
int window_open(struct window *window, unsigned long addr);

/* Also for a transfer that was never mapped. */
static void transfer_free(struct transfer *t)
{
	if (t->nents)
		dma_unmap_sg(t->dev, t->sgt.sgl, t->nents, DMA_BIDIRECTIONAL);
	if (t->sgt.sgl)
		sg_free_table(&t->sgt);
	unpin_user_pages(t->pages, 4);
}

int transfer(struct device *dev, unsigned long addr)
{
	struct transfer t = { .dev = dev };
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, t.pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&t.sgt, t.pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		goto out;
	t.nents = dma_map_sg(dev, t.sgt.sgl, t.sgt.orig_nents,
			     DMA_BIDIRECTIONAL);
	if (!t.nents) {
		ret = -EIO;
		goto out;
	}
	ret = hw_run_table(dev, &t.sgt);
out:
	transfer_free(&t);
	return ret;
}

int window_open(struct window *window, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, window->pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&window->sgt, window->pages, 4, 0,
					4 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	ret = dma_map_sgtable(window->dev, &window->sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		return ret;
	ret = hw_run_table(window->dev, &window->sgt);
	if (!window->keep)
		dma_unmap_sgtable(window->dev, &window->sgt,
				  DMA_BIDIRECTIONAL, 0);
	return ret;
}

/*
 * check-name: unmapped if it was mapped, or if it is not to be kept
 * check-output-start
 * one-call-guard.c:66:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-guard.c:60:6: note: pages come from pin_user_pages_fast() into struct window.pages
 * one-call-guard.c:62:8: note: sg_alloc_table_from_pages() puts struct window.pages into struct window.sgt
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
/* Static helpers of one file; each kind of buffer is a struct of its own. */
#include <drm/drm_gem.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo_user {
	struct device *dev;
	struct page *pages[16];
	struct sg_table sgt;
	struct sg_table *ring;
};

struct demo_ring {
	struct device *dev;
	struct sg_table sgt;
};

static int demo_map(struct device *dev, struct sg_table *sgt);
static void demo_unmap(struct device *dev, struct sg_table *sgt);

int demo_user_get(struct demo_user *u, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 16, FOLL_WRITE | FOLL_LONGTERM,
				u->pages) != 16)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&u->sgt, u->pages, 16, 0, 16 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	if (demo_map(u->dev, u->ring))
		return -EIO;
	return demo_map(u->dev, &u->sgt);
}

void demo_user_put(struct demo_user *u)
{
	demo_unmap(u->dev, &u->sgt);
	unpin_user_pages(u->pages, 16);
}

int demo_ring_get(struct demo_ring *r, struct page *page)
{
	sg_set_page(r->sgt.sgl, page, PAGE_SIZE, 0);
	return demo_map(r->dev, &r->sgt);
}

void demo_ring_put(struct demo_ring *r)
{
	demo_unmap(r->dev, &r->sgt);
}

static int demo_map(struct device *dev, struct sg_table *sgt)
{
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

static void demo_unmap(struct device *dev, struct sg_table *sgt)
{
	dma_unmap_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

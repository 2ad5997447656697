// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

/* As in two-kinds.c, with an array and a table that are allocated. */
struct buf {
	struct page **pages;
	struct sg_table *sgt;
	unsigned long addr;
};

int buf_alloc(struct device *dev, struct buf *buf);
int buf_get_userptr(struct device *dev, struct buf *buf);

int buf_alloc(struct device *dev, struct buf *buf)
{
	int i;

	buf->pages = kcalloc(4, sizeof(*buf->pages), GFP_KERNEL);
	buf->sgt = kzalloc(sizeof(*buf->sgt), GFP_KERNEL);
	if (!buf->pages || !buf->sgt)
		return -ENOMEM;
	for (i = 0; i < 4; i++) {
		buf->pages[i] = alloc_page(GFP_KERNEL);
		if (!buf->pages[i])
			return -ENOMEM;
	}
	if (sg_alloc_table_from_pages(buf->sgt, buf->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, buf->sgt, DMA_BIDIRECTIONAL, 0);
}

static int buf_pin(struct buf *buf)
{
	if (pin_user_pages_fast(buf->addr, 4, FOLL_LONGTERM, buf->pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(buf->sgt, buf->pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

/* What is allocated here is filled by another function. */
int buf_get_userptr(struct device *dev, struct buf *buf)
{
	buf->pages = kcalloc(4, sizeof(*buf->pages), GFP_KERNEL);
	buf->sgt = kzalloc(sizeof(*buf->sgt), GFP_KERNEL);
	if (!buf->pages || !buf->sgt || buf_pin(buf))
		return -ENOMEM;
	return dma_map_sgtable(dev, buf->sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: an array and a table of the kernel's, filled with pages of either kind
 * check-output-start
 * two-kinds-array.c:50:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * two-kinds-array.c:37:6: note: pages come from pin_user_pages_fast() into struct buf.pages
 * two-kinds-array.c:29:6: note: sg_alloc_table_from_pages() puts struct buf.pages into struct buf.sgt
 * check-output-end
 */

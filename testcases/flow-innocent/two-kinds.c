// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* One struct for both kinds, as videobuf2 has it. */
struct buf {
	struct page *pages[4];
	struct sg_table sgt;
};

int buf_alloc(struct device *dev, struct buf *buf);
int buf_get_userptr(struct device *dev, struct buf *buf, unsigned long addr);

int buf_alloc(struct device *dev, struct buf *buf)
{
	int i;

	for (i = 0; i < 4; i++) {
		buf->pages[i] = alloc_page(GFP_KERNEL);
		if (!buf->pages[i])
			return -ENOMEM;
	}
	if (sg_alloc_table_from_pages(&buf->sgt, buf->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

int buf_get_userptr(struct device *dev, struct buf *buf, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, buf->pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&buf->sgt, buf->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: one struct, filled and mapped in a function for each kind of memory
 * check-output-start
 * two-kinds.c:36:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * two-kinds.c:31:6: note: pages come from pin_user_pages_fast() into struct buf.pages
 * two-kinds.c:33:6: note: sg_alloc_table_from_pages() puts struct buf.pages into struct buf.sgt
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>

struct user_buf {
	struct sg_table synced;
	struct sg_table view;
	struct sg_table other;
};

int user_map(struct device *dev, struct user_buf *buf, unsigned long addr);
void user_view(struct device *dev, struct user_buf *buf, size_t offset);

int user_map(struct device *dev, struct user_buf *buf, unsigned long addr)
{
	struct page *pages[16];

	if (pin_user_pages_fast(addr, 16, FOLL_LONGTERM, pages) != 16)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&buf->synced, pages, 16, 0,
				      16 * PAGE_SIZE, GFP_KERNEL) ||
	    sg_alloc_table_from_pages(&buf->other, pages, 16, 0,
				      16 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	if (dma_map_sgtable(dev, &buf->synced, DMA_BIDIRECTIONAL, 0))
		return -EIO;
	return dma_map_sgtable(dev, &buf->other, DMA_BIDIRECTIONAL, 0);
}

/* The address in an entry is computed from the address in an entry. */
void user_view(struct device *dev, struct user_buf *buf, size_t offset)
{
	struct scatterlist *sg = buf->view.sgl, *iter = buf->synced.sgl;

	sg_dma_address(sg) = sg_dma_address(iter) + offset;
	dma_sync_single_for_cpu(dev, sg_dma_address(sg), PAGE_SIZE,
				DMA_FROM_DEVICE);
}

/*
 * check-name: an address in an entry of a table that comes from another entry
 * check-output-start
 * address-in-entry.c:28:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * address-in-entry.c:19:6: note: pages come from pin_user_pages_fast() into 'pages'
 * address-in-entry.c:23:6: note: sg_alloc_table_from_pages() puts 'pages' into struct user_buf.other
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

struct request {
	void __user *buf;
	size_t len;
};

int map(struct device *dev, struct request *req, struct page **pages,
	struct sg_table *sgt);

/* As user.c's map() ought to be. */
int map(struct device *dev, struct request *req, struct page **pages,
	struct sg_table *sgt)
{
	unsigned long start = (unsigned long)req->buf;
	int nr = (int)((offset_in_page(start) + req->len + PAGE_SIZE - 1) >>
		       PAGE_SHIFT);

	if (pin_user_pages_fast(start, nr, FOLL_WRITE | FOLL_LONGTERM,
				pages) != nr)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, pages, (unsigned int)nr,
				      offset_in_page(start), req->len,
				      GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL,
			       DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: user memory that is pinned, put into a table and mapped
 * check-output-start
 * check-output-end
 */

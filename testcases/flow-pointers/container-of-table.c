// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* The member is what carries the memory: a table in a larger struct. */
struct user_buffer {
	unsigned long addr;
	struct sg_table sgt;
};

struct kernel_buffer {
	struct sg_table sgt;
};

int user_buffer_map(struct device *dev, struct sg_table *sgt,
		    struct page **pages);
int kernel_buffer_map(struct device *dev, struct sg_table *sgt,
		      struct page **pages);

static int fill(struct user_buffer *buf, struct page **pages)
{
	if (pin_user_pages_fast(buf->addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(&buf->sgt, pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int user_buffer_map(struct device *dev, struct sg_table *sgt,
		    struct page **pages)
{
	int ret = fill(container_of(sgt, struct user_buffer, sgt), pages);

	if (ret)
		return ret;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

int kernel_buffer_map(struct device *dev, struct sg_table *sgt,
		      struct page **pages)
{
	struct kernel_buffer *buf = container_of(sgt, struct kernel_buffer,
						 sgt);
	int ret;

	pages[0] = alloc_page(GFP_KERNEL);
	if (!pages[0])
		return -ENOMEM;
	ret = sg_alloc_table_from_pages(&buf->sgt, pages, 1, 0, PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: a pointer to the member, filled through container_of()
 * check-known-to-fail: container_of() is not followed from a member to its struct
 * check-output-start
 * container-of-table.c:35:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * container-of-table.c:22:6: note: pages come from pin_user_pages_fast() into 'pages'
 * container-of-table.c:24:9: note: sg_alloc_table_from_pages() puts 'pages' into struct user_buffer.sgt
 * container-of-table.c:30:17: note: 'sgt' holds the same memory
 * check-output-end
 */

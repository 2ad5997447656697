// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct user_buffer {
	unsigned int npages;
	struct page **pages;
	struct sg_table sgt;
};

struct kernel_buffer {
	unsigned int npages;
	struct page **pages;
	struct sg_table sgt;
};

int user_buffer_pin(struct user_buffer *buf, unsigned long addr);
int kernel_buffer_alloc(struct kernel_buffer *buf);
int user_buffer_map(struct device *dev, struct user_buffer *buf);
int kernel_buffer_map(struct device *dev, struct kernel_buffer *buf);

int user_buffer_pin(struct user_buffer *buf, unsigned long addr)
{
	int n;

	buf->pages = kcalloc(buf->npages, sizeof(*buf->pages), GFP_KERNEL);
	if (!buf->pages)
		return -ENOMEM;
	n = pin_user_pages_fast(addr, buf->npages, FOLL_LONGTERM, buf->pages);
	return n == buf->npages ? 0 : -EFAULT;
}

int kernel_buffer_alloc(struct kernel_buffer *buf)
{
	unsigned int i;

	buf->pages = kcalloc(buf->npages, sizeof(*buf->pages), GFP_KERNEL);
	if (!buf->pages)
		return -ENOMEM;
	for (i = 0; i < buf->npages; i++) {
		buf->pages[i] = alloc_page(GFP_KERNEL);
		if (!buf->pages[i])
			return -ENOMEM;
	}
	return 0;
}

int user_buffer_map(struct device *dev, struct user_buffer *buf)
{
	int ret;

	ret = sg_alloc_table_from_pages(&buf->sgt, buf->pages, buf->npages, 0,
					buf->npages * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

int kernel_buffer_map(struct device *dev, struct kernel_buffer *buf)
{
	int ret;

	ret = sg_alloc_table_from_pages(&buf->sgt, buf->pages, buf->npages, 0,
					buf->npages * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: arrays from the same allocator hold different pages
 * check-output-start
 * allocated-array.c:57:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * allocated-array.c:30:6: note: pages come from pin_user_pages_fast() into struct user_buffer.pages
 * allocated-array.c:53:8: note: sg_alloc_table_from_pages() puts struct user_buffer.pages into struct user_buffer.sgt
 * check-output-end
 */

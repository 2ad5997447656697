// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct buffer {
	struct page *pages[16];
	struct sg_table sgt;
};

int pin_and_map(struct device *dev, struct buffer *buf, unsigned long addr);
int pin_and_map_coherent(struct device *dev, struct buffer *buf,
			 unsigned long addr);

int pin_and_map(struct device *dev, struct buffer *buf, unsigned long addr)
{
	int n, ret;

	n = pin_user_pages_fast(addr, 16, FOLL_WRITE | FOLL_LONGTERM,
				buf->pages);
	if (n < 0)
		return n;
	ret = sg_alloc_table_from_pages(&buf->sgt, buf->pages, n, 0,
					n * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		goto unpin;
	ret = dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		goto free;
	return 0;
free:
	sg_free_table(&buf->sgt);
unpin:
	unpin_user_pages(buf->pages, n);
	return ret;
}

int pin_and_map_coherent(struct device *dev, struct buffer *buf,
			 unsigned long addr)
{
	int n, ret;

	n = pin_user_pages_fast(addr, 16, FOLL_WRITE | FOLL_LONGTERM,
				buf->pages);
	if (n < 0)
		return n;
	ret = sg_alloc_table_from_pages(&buf->sgt, buf->pages, n, 0,
					n * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		goto unpin;
	ret = dma_map_sgtable(dev, &buf->sgt, DMA_BIDIRECTIONAL,
			      DMA_ATTR_REQUIRE_COHERENT);
	if (ret)
		goto free;
	return 0;
free:
	sg_free_table(&buf->sgt);
unpin:
	unpin_user_pages(buf->pages, n);
	return ret;
}

/*
 * check-name: user memory pinned and mapped in one function
 * check-output-start
 * same-function.c:26:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * same-function.c:18:6: note: pages come from pin_user_pages_fast() into struct buffer.pages
 * same-function.c:22:8: note: sg_alloc_table_from_pages() puts struct buffer.pages into struct buffer.sgt
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

struct buffer {
	struct device *dev;
	void *data;
	dma_addr_t addr;
	u8 header[64];
	unsigned long attrs;
	struct page *page;
	struct page **pages;
};

int map_small(struct buffer *b);
int fill(struct buffer *b);
int map_field(struct buffer *b);
int map_page(struct buffer *b);
int map_header(struct buffer *b);
int map_packet(struct buffer *b, struct sk_buff *skb);
int map_user(struct buffer *b, unsigned long start);
int map_either(struct buffer *b, unsigned long start);
int map_coherent_off(struct buffer *b);

int map_small(struct buffer *b)
{
	void *p = kmalloc(64, GFP_KERNEL);

	b->addr = dma_map_single_attrs(b->dev, p, 64, DMA_TO_DEVICE,
				       DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(b->dev, b->addr);
}

int fill(struct buffer *b)
{
	b->data = kzalloc(4096, GFP_KERNEL);
	b->attrs = DMA_ATTR_REQUIRE_COHERENT;
	return b->data ? 0 : -ENOMEM;
}

int map_field(struct buffer *b)
{
	b->addr = dma_map_single_attrs(b->dev, b->data, 4096, DMA_TO_DEVICE,
				       b->attrs);
	return dma_mapping_error(b->dev, b->addr);
}

/* One helper, right for one caller and wrong for the other. */
static int map(struct buffer *b, struct page *page, unsigned long attrs)
{
	b->addr = dma_map_page_attrs(b->dev, page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL, attrs);
	return dma_mapping_error(b->dev, b->addr);
}

int map_page(struct buffer *b)
{
	return map(b, alloc_page(GFP_KERNEL), DMA_ATTR_REQUIRE_COHERENT);
}

int map_coherent_off(struct buffer *b)
{
	return map(b, alloc_page(GFP_KERNEL), 0);
}

int map_header(struct buffer *b)
{
	b->addr = dma_map_single_attrs(b->dev, b->header, 64, DMA_TO_DEVICE,
				       DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(b->dev, b->addr);
}

int map_packet(struct buffer *b, struct sk_buff *skb)
{
	b->addr = dma_map_single_attrs(b->dev, skb->data, 64, DMA_TO_DEVICE,
				       DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(b->dev, b->addr);
}

/* The array is the kernel's, the pages in it are not. */
int map_user(struct buffer *b, unsigned long start)
{
	struct page **pages = kcalloc(1, sizeof(*pages), GFP_KERNEL);

	if (pin_user_pages_fast(start, 1, FOLL_LONGTERM, pages) != 1)
		return -EFAULT;
	b->addr = dma_map_page_attrs(b->dev, pages[0], 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(b->dev, b->addr);
}

/* Maps both: whose memory it is cannot be told here. */
int map_either(struct buffer *b, unsigned long start)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (start && pin_user_pages_fast(start, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	b->addr = dma_map_page_attrs(b->dev, page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(b->dev, b->addr);
}

/*
 * check-name: memory of the kernel with the attribute for user memory
 * check-output-start
 * kernel.c:32:12: error: kernel memory from kmalloc() is DMA-mapped with DMA_ATTR_REQUIRE_COHERENT [require-coherent-kernel-memory]
 * kernel.c:30:12: note: pages come from kmalloc()
 * kernel.c:46:12: error: kernel memory from kmalloc() is DMA-mapped with DMA_ATTR_REQUIRE_COHERENT [require-coherent-kernel-memory]
 * include/linux/slab.h:17:9: note: pages come from kmalloc()
 * kernel.c:39:12: note: returned by kzalloc()
 * kernel.c:39:5: note: kept in struct buffer.data
 * kernel.c:54:12: error: kernel memory from alloc_page() is DMA-mapped with DMA_ATTR_REQUIRE_COHERENT for map_page() [require-coherent-kernel-memory]
 * kernel.c:61:16: note: pages come from alloc_page()
 * kernel.c:61:9: note: passed to map() as 'page'
 * kernel.c:71:12: error: kernel memory (header in struct buffer) is DMA-mapped with DMA_ATTR_REQUIRE_COHERENT [require-coherent-kernel-memory]
 * kernel.c:78:12: error: kernel memory (a packet) is DMA-mapped with DMA_ATTR_REQUIRE_COHERENT [require-coherent-kernel-memory]
 * check-output-end
 */

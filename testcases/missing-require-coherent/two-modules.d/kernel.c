// SPDX-License-Identifier: GPL-2.0-only
/* module: demo-kernel */
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct buffer {
	struct page *page;
};

int kernel_buffer_alloc(struct buffer *buf);
int kernel_buffer_map(struct device *dev, struct buffer *buf, dma_addr_t *dma);

int kernel_buffer_alloc(struct buffer *buf)
{
	buf->page = alloc_page(GFP_KERNEL);
	return buf->page ? 0 : -ENOMEM;
}

int kernel_buffer_map(struct device *dev, struct buffer *buf, dma_addr_t *dma)
{
	*dma = dma_map_page(dev, buf->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

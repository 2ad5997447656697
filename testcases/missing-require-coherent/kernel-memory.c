// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

struct demo {
	void *cmd;
	void *ring;
	dma_addr_t cmd_dma, ring_dma, page_dma, skb_dma;
};

int demo_start(struct device *dev, struct demo *demo, struct sk_buff *skb);

int demo_start(struct device *dev, struct demo *demo, struct sk_buff *skb)
{
	struct scatterlist sg[2];
	struct page *page;

	demo->cmd = kmalloc(256, GFP_KERNEL);
	page = alloc_pages(GFP_KERNEL, 2);
	if (!demo->cmd || !page)
		return -ENOMEM;

	demo->ring = dma_alloc_coherent(dev, PAGE_SIZE, &demo->ring_dma,
					GFP_KERNEL);
	demo->cmd_dma = dma_map_single(dev, demo->cmd, 256, DMA_TO_DEVICE);
	demo->page_dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	demo->skb_dma = dma_map_single(dev, skb->data, skb_headlen(skb),
				       DMA_TO_DEVICE);

	sg_init_table(sg, 2);
	sg_set_buf(&sg[0], demo->cmd, 256);
	sg_set_page(&sg[1], page, PAGE_SIZE, 0);
	return dma_map_sg(dev, sg, 2, DMA_TO_DEVICE) ? 0 : -EIO;
}

/*
 * check-name: memory of the kernel is none of our business
 * check-output-start
 * check-output-end
 */

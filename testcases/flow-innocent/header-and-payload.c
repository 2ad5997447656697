// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct message {
	void *header;
	struct page *payload[2];
	dma_addr_t dma[3];
};

int message_send(struct device *dev, struct message *msg, unsigned long addr);

int message_send(struct device *dev, struct message *msg, unsigned long addr)
{
	struct page *trailer = alloc_page(GFP_KERNEL);

	msg->header = kzalloc(64, GFP_KERNEL);
	if (!msg->header || !trailer)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 2, FOLL_LONGTERM, msg->payload) != 2)
		return -EFAULT;
	msg->dma[0] = dma_map_single(dev, msg->header, 64, DMA_BIDIRECTIONAL);
	msg->dma[1] = dma_map_page(dev, msg->payload[0], 0, PAGE_SIZE,
				   DMA_BIDIRECTIONAL);
	msg->dma[2] = dma_map_page(dev, trailer, 0, 16, DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: kernel memory is mapped beside user memory
 * check-output-start
 * header-and-payload.c:24:16: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * header-and-payload.c:21:6: note: pages come from pin_user_pages_fast() into struct message.payload
 * check-output-end
 */

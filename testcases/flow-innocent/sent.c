// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct packet {
	dma_addr_t part[8];
	int nr;
};

struct buffer {
	struct page *pages[16];
	dma_addr_t dma[16];
};

int buffer_pin(struct buffer *buf, unsigned long addr);
int packet_add(struct device *dev, struct packet *packet, struct buffer *buf,
	       unsigned long offset, size_t len);
int packet_receive(struct device *dev, struct packet *packet,
		   struct buffer *buf, unsigned long offset, size_t len);
int buffer_share(struct device *dev, struct buffer *buf);

int buffer_pin(struct buffer *buf, unsigned long addr)
{
	return pin_user_pages_fast(addr, 16, FOLL_LONGTERM, buf->pages);
}

/* What is sent is read by the device once: unmapped when it has gone out. */
int packet_add(struct device *dev, struct packet *packet, struct buffer *buf,
	       unsigned long offset, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_page(dev, buf->pages[offset >> PAGE_SHIFT],
			   offset & (PAGE_SIZE - 1), len, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, dma))
		return -EIO;
	packet->part[packet->nr++] = dma;
	return 0;
}

/* What the device writes is read whenever the process likes. */
int packet_receive(struct device *dev, struct packet *packet,
		   struct buffer *buf, unsigned long offset, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_page(dev, buf->pages[offset >> PAGE_SHIFT],
			   offset & (PAGE_SIZE - 1), len, DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, dma))
		return -EIO;
	packet->part[packet->nr++] = dma;
	return 0;
}

/* Whole pages that the device goes on reading, such as a ring of commands. */
int buffer_share(struct device *dev, struct buffer *buf)
{
	int i;

	for (i = 0; i < 16; i++) {
		buf->dma[i] = dma_map_page(dev, buf->pages[i], 0, PAGE_SIZE,
					   DMA_TO_DEVICE);
		if (dma_mapping_error(dev, buf->dma[i]))
			return -EIO;
	}
	return 0;
}

/*
 * check-name: parts of pages that are sent, received, and pages that are shared
 * check-output-start
 * sent.c:47:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sent.c:24:9: note: pages come from pin_user_pages_fast() into struct buffer.pages
 * sent.c:61:17: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sent.c:24:9: note: pages come from pin_user_pages_fast() into struct buffer.pages
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct buf {
	void *alloc;
	size_t alloc_len;
	dma_addr_t alloc_dma;
};

void frees(struct device *dev, struct buf *b);
void unmaps(struct device *dev, struct buf *b);
void right(struct device *dev, struct buf *b);

void frees(struct device *dev, struct buf *b)
{
	dma_free_coherent(dev, b->alloc_len, b->alloc, b->alloc_len);
}

void unmaps(struct device *dev, struct buf *b)
{
	dma_unmap_single(dev, b->alloc_len, b->alloc_len, DMA_TO_DEVICE);
}

void right(struct device *dev, struct buf *b)
{
	dma_free_coherent(dev, b->alloc_len, b->alloc, b->alloc_dma);
}

/*
 * check-name: the size stands where the DMA address belongs
 * check-output-start
 * size.c:16:2: error: dma_free_coherent() gets b->alloc_len as the size and as the DMA address [wrong-arg-slot]
 * size.c:21:2: error: dma_unmap_single() gets b->alloc_len as the size and as the DMA address [wrong-arg-slot]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct set {
	dma_addr_t addr[8];
	int to, from;
};

int test_buffer(struct device *dev, void *buf);
int fill(struct device *dev, struct set *s, void *buf);
void drain(struct device *dev, struct set *s);
int fail(struct device *dev, void *buf);

/* A flag says which arm it is. */
static void unmap_flagged(struct device *dev, dma_addr_t dma, int tx)
{
	if (tx)
		dma_unmap_single(dev, dma, 64, DMA_TO_DEVICE);
	else
		dma_unmap_single(dev, dma, 64, DMA_FROM_DEVICE);
}

int test_buffer(struct device *dev, void *buf)
{
	dma_addr_t dma = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	unmap_flagged(dev, dma, 1);
	return 0;
}

/* Elements of one array, some this way, some that way. */
int fill(struct device *dev, struct set *s, void *buf)
{
	s->addr[0] = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	s->to = 1;
	s->from = 0;
	return dma_mapping_error(dev, s->addr[0]);
}

void drain(struct device *dev, struct set *s)
{
	int i;

	for (i = 0; i < s->to; i++)
		dma_unmap_single(dev, s->addr[i], 64, DMA_TO_DEVICE);
	for (; i < s->to + s->from; i++)
		dma_unmap_single(dev, s->addr[i], 64, DMA_FROM_DEVICE);
}

/* The way out of an error is no other arm: this one is wrong. */
int fail(struct device *dev, void *buf)
{
	dma_addr_t dma = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	int ret = dma_mapping_error(dev, dma);

	if (ret) {
		dma_unmap_single(dev, dma, 64, DMA_FROM_DEVICE);
		return ret;
	}
	dma_unmap_single(dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

/*
 * check-name: which unmap it is depends on a flag, an index or an error
 * check-output-start
 * chosen.c:59:3: warning: mapped DMA_TO_DEVICE, but unmapped DMA_FROM_DEVICE [unmap-attr-mismatch]
 * chosen.c:55:19: note: mapped here with dma_map_single()
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo_desc {
	u64 addr;
	u32 len, flags;
};

int demo_send(struct device *dev, void *head, void *tail, size_t len,
	      size_t head_len);
int demo_read(struct device *dev, struct demo_desc *desc);

int demo_send(struct device *dev, void *head, void *tail, size_t len,
	      size_t head_len)
{
	dma_addr_t head_dma, tail_dma;

	head_dma = dma_map_single(dev, head, head_len, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, head_dma))
		return -EIO;
	tail_dma = dma_map_single(dev, tail, len, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, tail_dma)) {
		dma_unmap_single(dev, head_dma, len, DMA_TO_DEVICE);
		return -EIO;
	}
	return 0;
}

int demo_read(struct device *dev, struct demo_desc *desc)
{
	dma_addr_t dma = dma_map_single(dev, desc, sizeof(*desc),
					DMA_FROM_DEVICE);

	if (dma_mapping_error(dev, dma))
		return -EIO;
	dma_unmap_single(dev, dma, sizeof(desc), DMA_FROM_DEVICE);
	return desc->flags;
}

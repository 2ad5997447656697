// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/slab.h>

struct buffer {
	struct device *dev;
	dma_addr_t addr;
};

int map_small(struct buffer *b);

int map_small(struct buffer *b)
{
	void *p = kmalloc(64, GFP_KERNEL);

	b->addr = dma_map_single(b->dev, p, 64, DMA_TO_DEVICE);
	return dma_mapping_error(b->dev, b->addr);
}

/*
 * check-name: memory of the kernel, mapped as it should be
 * check-output-start
 * check-output-end
 */

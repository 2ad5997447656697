// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	struct device *dev;
	u32 size;
	void *ring;
	dma_addr_t ring_dma;
};

int demo_probe(struct demo *demo, u32 size);
void demo_remove(struct demo *demo);

int demo_probe(struct demo *demo, u32 size)
{
	demo->ring = dma_alloc_coherent(demo->dev, size + 8, &demo->ring_dma,
					GFP_KERNEL);
	demo->size = size;
	return demo->ring ? 0 : -ENOMEM;
}

void demo_remove(struct demo *demo)
{
	dma_free_coherent(demo->dev, demo->size, demo->ring, demo->ring_dma);
}

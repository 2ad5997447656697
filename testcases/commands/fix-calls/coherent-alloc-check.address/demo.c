// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	struct device *dev;
	void *ring, *status;
	dma_addr_t ring_dma, status_dma;
};

int demo_probe(struct demo *demo);

int demo_probe(struct demo *demo)
{
	demo->ring = dma_alloc_coherent(demo->dev, 4096, &demo->ring_dma,
					GFP_KERNEL);
	if (dma_mapping_error(demo->dev, demo->ring_dma))
		return -ENOMEM;
	demo->status = dma_alloc_coherent(demo->dev, 64, &demo->status_dma,
					  GFP_KERNEL);
	if (!demo->status_dma)
		return -ENOMEM;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	struct device *dev;
	void *cmd;
	dma_addr_t cmd_dma;
};

int demo_irq(struct demo *demo);
void demo_free(void *cmd);
int demo_probe(struct demo *demo);
int demo_reset(struct demo *demo);

int demo_probe(struct demo *demo)
{
	int ret;

	if (demo_irq(demo)) {
		ret = -EBUSY;
		goto free;
	}
	demo->cmd_dma = dma_map_single(demo->dev, demo->cmd, 64,
				       DMA_BIDIRECTIONAL);
	if (demo_irq(demo)) {
		ret = -EINVAL;
		goto unmap;
	}
	return 0;

unmap:
	dma_unmap_single(demo->dev, demo->cmd_dma, 64, DMA_BIDIRECTIONAL);
free:
	demo_free(demo->cmd);
	return ret;
}

int demo_reset(struct demo *demo)
{
	demo->cmd_dma = dma_map_single(demo->dev, demo->cmd, 64,
				       DMA_BIDIRECTIONAL);

	if (demo_irq(demo)) {
		dma_unmap_single(demo->dev, demo->cmd_dma, 64,
				 DMA_BIDIRECTIONAL);
		return -EIO;
	}
	return 0;
}

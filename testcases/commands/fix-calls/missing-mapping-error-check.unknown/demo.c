// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	struct device *dev;
	void *cmd;
	dma_addr_t cmd_dma;
	u32 ring;
};

int demo_irq(struct demo *demo);
int demo_send(struct demo *demo);

int demo_send(struct demo *demo)
{
	demo->cmd_dma = dma_map_single(demo->dev, demo->cmd, 64, DMA_TO_DEVICE);
	demo->ring++;
	return demo_irq(demo);
}

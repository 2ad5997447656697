// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	struct device *dev;
	void *cmd;
	dma_addr_t cmd_dma;
};

int demo_probe(struct demo *demo);

int demo_probe(struct demo *demo)
{
	demo->cmd_dma = dma_map_single(demo->dev, demo->cmd, 64,
				       DMA_BIDIRECTIONAL);
	if (!demo->cmd_dma)
		return -ENOMEM;
	return 0;
}

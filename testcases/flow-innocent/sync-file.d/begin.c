// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include "demo.h"

void demo_begin(struct demo *demo)
{
	dma_sync_single_for_cpu(demo->dev, demo->dma, PAGE_SIZE,
				DMA_BIDIRECTIONAL);
}

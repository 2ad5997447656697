// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

int wide_map(struct device *dev, void *buf);
int wide_map(struct device *dev, void *buf)
{
	u32 dma = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);

	return dma_mapping_error(dev, dma) ? -EIO : 0;
}

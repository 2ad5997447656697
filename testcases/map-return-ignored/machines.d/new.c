// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

void new_map(struct device *dev, struct scatterlist *sgl, int nents);
void new_map(struct device *dev, struct scatterlist *sgl, int nents)
{
	dma_map_sg(dev, sgl, nents, DMA_TO_DEVICE);
}

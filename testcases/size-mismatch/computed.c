// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#define RUFF_SIZE 4096

int ruff_send(struct device *dev, dma_addr_t addr);

int ruff_half(struct device *dev, void *buf);
int ruff_half(struct device *dev, void *buf)
{
	dma_addr_t addr = dma_map_single(dev, buf, RUFF_SIZE, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(dev, addr))
		return -ENOMEM;
	ret = ruff_send(dev, addr);
	dma_unmap_single(dev, addr, RUFF_SIZE / 2, DMA_TO_DEVICE);
	return ret;
}

int ruff_same(struct device *dev, void *buf);
int ruff_same(struct device *dev, void *buf)
{
	dma_addr_t addr = dma_map_single(dev, buf, RUFF_SIZE / 4 * 2, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(dev, addr))
		return -ENOMEM;
	ret = ruff_send(dev, addr);
	dma_unmap_single(dev, addr, RUFF_SIZE / 2, DMA_TO_DEVICE);
	return ret;
}

/*
 * check-name: sizes that are computed from constants
 * check-output-start
 * computed.c:17:2: warning: dma_unmap_single() with another size than the memory was mapped with [size-mismatch]
 * computed.c:11:20: note: it is mapped here
 * check-output-end
 */

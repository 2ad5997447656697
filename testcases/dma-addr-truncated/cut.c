// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

struct ruff_desc {
	u32 addr, len;
};

int ruff_cut(struct device *dev, void *buf, struct ruff_desc *desc);
int ruff_cut(struct device *dev, void *buf, struct ruff_desc *desc)
{
	unsigned int des2;

	desc->addr = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, desc->addr))
		return -EIO;
	des2 = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, des2))
		return -EIO;
	desc->len = des2;
	return 0;
}

/* Converted to the device's byte order and back: still 32 bits. */
int ruff_swapped(struct device *dev, void *buf, struct ruff_desc *desc);
int ruff_swapped(struct device *dev, void *buf, struct ruff_desc *desc)
{
	desc->addr = __builtin_bswap32(dma_map_single(dev, buf, 64,
						      DMA_TO_DEVICE));
	if (dma_mapping_error(dev, __builtin_bswap32(desc->addr)))
		return -EIO;
	return 0;
}

int ruff_right(struct device *dev, void *buf, struct ruff_desc *desc);
int ruff_right(struct device *dev, void *buf, struct ruff_desc *desc)
{
	dma_addr_t dma = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, dma))
		return -EIO;
	desc->addr = dma;
	return 0;
}

/*
 * check-name: what is checked has been cut to 32 bits
 * check-output-start
 * cut.c:14:15: warning: the check of what dma_map_single() returned never fails: it has been cut or converted [dma-addr-truncated]
 * cut.c:15:6: note: dma_mapping_error() is given desc->addr, of type u32
 * cut.c:17:9: warning: the check of what dma_map_single() returned never fails: it has been cut or converted [dma-addr-truncated]
 * cut.c:18:6: note: dma_mapping_error() is given des2, of type unsigned int
 * cut.c:28:33: warning: the check of what dma_map_single() returned never fails: it has been cut or converted [dma-addr-truncated]
 * cut.c:30:6: note: dma_mapping_error() is given __builtin_bswap32(desc->addr), of type unsigned int
 * check-output-end
 */

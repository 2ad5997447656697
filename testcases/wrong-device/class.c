// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/netdevice.h>

struct ruddy {
	struct device *dev;
	struct net_device *ndev;
	dma_addr_t dma;
};

int ruddy_map(struct ruddy *r, void *p);
int ruddy_map(struct ruddy *r, void *p)
{
	r->dma = dma_map_single(&r->ndev->dev, p, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(&r->ndev->dev, r->dma))
		return -EIO;
	r->dma = dma_map_single(r->dev, p, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(r->dev, r->dma))
		return -EIO;
	r->dma = dma_map_single(r->ndev->dev.parent, p, 64, DMA_TO_DEVICE);
	return dma_mapping_error(r->ndev->dev.parent, r->dma);
}

/*
 * check-name: the device of a class is none for DMA
 * check-output-start
 * class.c:14:11: warning: dma_map_single() for the dev of struct net_device, which does no DMA [wrong-device]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/netdevice.h>

struct smew {
	struct device *dev;
	struct net_device *ndev;
	dma_addr_t dma;
};

void smew_setup(struct smew *s);
void smew_setup(struct smew *s)
{
	s->ndev->dev.dma_mask = s->dev->dma_mask;
}

int smew_map(struct smew *s, void *p);
int smew_map(struct smew *s, void *p)
{
	s->dma = dma_map_single(&s->ndev->dev, p, 64, DMA_TO_DEVICE);
	return dma_mapping_error(&s->ndev->dev, s->dma);
}

/*
 * check-name: the device of a class has the mask of the real one
 * check-command: dmacheck check --level note
 * check-output-start
 * mask.c:20:11: note: dma_map_single() for the dev of struct net_device, which has but a copied DMA mask [wrong-device]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A network device: it maps memory of the kernel, for one transfer at a time.
 * There is nothing to say about it.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

#define RING_SIZE	64

struct innocent_slot {
	struct page *page;
	dma_addr_t dma;
};

struct innocent {
	struct device *dev;
	struct innocent_slot rx[RING_SIZE];
	void *command;
	dma_addr_t command_dma;
};

static int innocent_fill_rx(struct innocent *priv)
{
	unsigned int i;

	for (i = 0; i < RING_SIZE; i++) {
		struct innocent_slot *slot = &priv->rx[i];

		slot->page = alloc_page(GFP_KERNEL);
		if (!slot->page)
			return -ENOMEM;
		slot->dma = dma_map_page(priv->dev, slot->page, 0, PAGE_SIZE,
					 DMA_FROM_DEVICE);
		if (dma_mapping_error(priv->dev, slot->dma))
			return -EIO;
	}
	return 0;
}

static int innocent_command(struct innocent *priv, size_t size)
{
	priv->command = kmalloc(size, GFP_KERNEL);
	if (!priv->command)
		return -ENOMEM;
	priv->command_dma = dma_map_single(priv->dev, priv->command, size,
					   DMA_TO_DEVICE);
	return dma_mapping_error(priv->dev, priv->command_dma);
}

static netdev_tx_t innocent_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct innocent *priv = netdev_priv(dev);
	dma_addr_t dma;

	dma = dma_map_single(priv->dev, skb->data, skb_headlen(skb),
			     DMA_TO_DEVICE);
	if (dma_mapping_error(priv->dev, dma))
		goto drop;
	dma_unmap_single(priv->dev, dma, skb_headlen(skb), DMA_TO_DEVICE);
drop:
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

const struct net_device_ops innocent_ops = {
	.ndo_start_xmit = innocent_xmit,
};
EXPORT_SYMBOL_GPL(innocent_ops);

int innocent_open(struct net_device *dev);

int innocent_open(struct net_device *dev)
{
	struct innocent *priv = netdev_priv(dev);
	int ret;

	ret = innocent_fill_rx(priv);
	if (ret)
		return ret;
	return innocent_command(priv, 256);
}
EXPORT_SYMBOL_GPL(innocent_open);

MODULE_DESCRIPTION("Network device that does not exist");
MODULE_LICENSE("GPL");

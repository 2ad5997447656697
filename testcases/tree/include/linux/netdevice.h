/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H

#include <linux/device.h>
#include <linux/skbuff.h>

struct net_device {
	struct device dev;
	void *priv;
};

typedef int netdev_tx_t;
#define NETDEV_TX_OK	0

struct net_device_ops {
	netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb,
				      struct net_device *dev);
};

static inline void *netdev_priv(const struct net_device *dev)
{
	return dev->priv;
}

#endif

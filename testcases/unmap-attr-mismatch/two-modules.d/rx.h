/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/dma-mapping.h>

struct rx_cb {
	dma_addr_t paddr;
};

int rx_fill(struct device *dev, struct rx_cb *cb, void *buf);
int rx_inject(struct device *dev, struct rx_cb *cb, void *buf);
void rx_take(struct device *dev, struct rx_cb *cb);

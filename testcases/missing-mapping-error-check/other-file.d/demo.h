/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/dma-mapping.h>

struct demo {
	dma_addr_t addr, other;
};

dma_addr_t demo_map(struct device *dev, void *p, size_t n);
void demo_keep(struct device *dev, struct demo *demo, void *p, size_t n);
int demo_start(struct device *dev, struct demo *demo, void *p, size_t n);
int demo_check(struct device *dev, dma_addr_t addr);

/* SPDX-License-Identifier: GPL-2.0-only */
struct demo {
	struct page *page;
	dma_addr_t dma;
};

int demo_pin(struct demo *demo, unsigned long addr);
int demo_map(struct device *dev, struct demo *demo);

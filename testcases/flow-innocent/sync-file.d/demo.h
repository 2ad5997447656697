/* SPDX-License-Identifier: GPL-2.0-only */
struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t dma;
};

int demo_open(struct demo *demo, unsigned long addr);
void demo_begin(struct demo *demo);

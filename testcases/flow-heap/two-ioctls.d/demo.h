/* SPDX-License-Identifier: GPL-2.0-only */
struct demo_file {
	struct device *dev;
	struct page **pages;
	int nr;
	struct sg_table sgt;
	struct page *ring;
	dma_addr_t ring_dma;
};

int demo_register(struct demo_file *demo, unsigned long addr);
int demo_start(struct demo_file *demo);
int demo_alloc_ring(struct demo_file *demo);

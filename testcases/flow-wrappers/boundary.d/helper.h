/* SPDX-License-Identifier: GPL-2.0-only */
int helper_map(struct device *dev, struct page *page, dma_addr_t *dma);

// SPDX-License-Identifier: GPL-2.0-only
/* module: kernel */
#include <linux/demo-dma.h>

int kernel_open(struct demo_device *dev, u64 *dma);

int kernel_open(struct demo_device *dev, u64 *dma)
{
	struct page *ring = alloc_page(GFP_KERNEL);

	*dma = demo_dma_map(dev, ring);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct knot {
	struct device *dev;
	void *buf;
};

int knot_send(struct knot *k, dma_addr_t addr);

int knot_transfer(struct knot *k);
int knot_transfer(struct knot *k)
{
	dma_addr_t addr = dma_map_single(k->dev, k->buf, 64, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(k->dev, addr))
		return -ENOMEM;
	ret = knot_send(k, addr);
	dma_unmap_single(k->dev->parent, addr, 64, DMA_TO_DEVICE);
	return ret;
}

int knot_without_device(struct knot *k);
int knot_without_device(struct knot *k)
{
	dma_addr_t addr = dma_map_single(NULL, k->buf, 64, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(NULL, addr))
		return -ENOMEM;
	ret = knot_send(k, addr);
	dma_unmap_single(NULL, addr, 64, DMA_TO_DEVICE);
	return ret;
}

/* The parent both times. */
int knot_of_parent(struct knot *k);
int knot_of_parent(struct knot *k)
{
	dma_addr_t addr = dma_map_single(k->dev->parent, k->buf, 64,
					 DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(k->dev->parent, addr))
		return -ENOMEM;
	ret = knot_send(k, addr);
	dma_unmap_single(k->dev->parent, addr, 64, DMA_TO_DEVICE);
	return ret;
}

/*
 * check-name: mapped for one device and unmapped for its parent, and for none
 * check-output-start
 * pair.c:20:2: warning: dma_unmap_single() for k->dev->parent, but mapped for k->dev [wrong-device]
 * pair.c:14:20: note: it is mapped here
 * pair.c:27:20: warning: dma_map_single() for no device [wrong-device]
 * pair.c:33:2: warning: dma_unmap_single() for no device [wrong-device]
 * check-output-end
 */

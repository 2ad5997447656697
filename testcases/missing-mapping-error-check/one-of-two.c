// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/slab.h>

struct tern {
	struct device *dev;
	void *cmd, *data;
	dma_addr_t cmd_dma, data_dma;
};

int tern_setup(struct tern *t, size_t len);
int tern_setup(struct tern *t, size_t len)
{
	t->cmd_dma = dma_map_single(t->dev, t->cmd, 64, DMA_TO_DEVICE);
	t->data_dma = dma_map_single(t->dev, t->data, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(t->dev, t->data_dma))
		return -EIO;
	return 0;
}

int tern_each(struct tern *t, dma_addr_t *ring, int n);
int tern_each(struct tern *t, dma_addr_t *ring, int n)
{
	dma_addr_t dma;
	int i;

	for (i = 0; i < n; i++) {
		dma = dma_map_single(t->dev, t->data, 64, DMA_TO_DEVICE);
		if (unlikely(dma_mapping_error(t->dev, dma)))
			return -EIO;
		ring[i] = dma;
	}
	dma = dma_map_single(t->dev, t->cmd, 64, DMA_TO_DEVICE);
	if (n > 4 && dma_mapping_error(t->dev, dma))
		return -EIO;
	ring[i] = dma;
	return 0;
}

/*
 * check-name: one mapping is checked, another one is not
 * check-output-start
 * one-of-two.c:15:15: warning: result of dma_map_single() is not checked with dma_mapping_error() [missing-mapping-error-check]
 * check-output-end
 */

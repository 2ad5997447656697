// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

struct knot {
	struct device *dev;
	void *cmd, *data;
	dma_addr_t cmd_dma, data_dma;
};

int knot_map(struct knot *k);
int knot_map(struct knot *k)
{
	int ret = -ENOMEM;

	k->cmd_dma = dma_map_single(k->dev, k->cmd, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(k->dev, k->cmd_dma))
		goto unmap;
	k->data_dma = dma_map_single(k->dev, k->data, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(k->dev, k->data_dma))
		goto unmap;
	return 0;
unmap:
	dma_unmap_single(k->dev, k->cmd_dma, 64, DMA_TO_DEVICE);
	return ret;
}

int knot_guarded(struct knot *k);
int knot_guarded(struct knot *k)
{
	int ret = 0;

	k->cmd_dma = dma_map_single(k->dev, k->cmd, 64, DMA_TO_DEVICE);
	k->data_dma = dma_map_single(k->dev, k->data, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(k->dev, k->cmd_dma) ||
	    dma_mapping_error(k->dev, k->data_dma))
		ret = -EIO;
	if (!dma_mapping_error(k->dev, k->cmd_dma))
		dma_unmap_single(k->dev, k->cmd_dma, 64, DMA_TO_DEVICE);
	if (!dma_mapping_error(k->dev, k->data_dma))
		dma_unmap_single(k->dev, k->data_dma, 64, DMA_TO_DEVICE);
	return ret;
}

int knot_alloc(struct knot *k);
int knot_alloc(struct knot *k)
{
	k->cmd = dma_alloc_coherent(k->dev, 4096, &k->cmd_dma, GFP_KERNEL);
	if (!k->cmd)
		goto free;
	return 0;
free:
	dma_free_coherent(k->dev, 4096, k->cmd, k->cmd_dma);
	return -ENOMEM;
}

/*
 * check-name: what failed to be mapped is unmapped
 * check-command: dmacheck check --level note
 * check-output-start
 * failed.c:24:2: warning: dma_unmap_single() of what was not mapped [unmap-not-mapped]
 * failed.c:16:15: note: this call failed
 * failed.c:17:6: note: as is found out here
 * failed.c:53:2: note: dma_free_coherent() of memory that was not allocated: NULL, which it ignores [unmap-not-mapped]
 * failed.c:48:11: note: this call failed
 * failed.c:49:10: note: as is found out here
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/export.h>

int virtqueue_add_inbuf_cache_clean(struct device *dev, struct sg_table *sgt);

int virtqueue_add_inbuf_cache_clean(struct device *dev, struct sg_table *sgt)
{
	bool is_cache_clean = sgt->nents & DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;

	return is_cache_clean ? 0 : dma_map_sgtable(dev, sgt, DMA_FROM_DEVICE, 0);
}
EXPORT_SYMBOL_GPL(virtqueue_add_inbuf_cache_clean);

/*
 * check-name: a function named after an old attribute; a variable is let alone
 * check-command: dmacheck check --level note
 * check-output-start
 * called-after.c:5:5: note: virtqueue_add_inbuf_cache_clean() is named after an attribute that is now DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: the attribute was renamed in commit 9bb0a4d6a443 [retired-attr-name]
 * called-after.c:7:5: note: virtqueue_add_inbuf_cache_clean() is named after an attribute that is now DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: the attribute was renamed in commit 9bb0a4d6a443 [retired-attr-name]
 * check-output-end
 */

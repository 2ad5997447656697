// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

struct siskin {
	struct device *dev;
	u32 *cmd;
	void *page, *buf;
	dma_addr_t cmd_dma, page_dma, buf_dma, both_dma;
};

int siskin_open(struct siskin *s);
int siskin_open(struct siskin *s)
{
	dma_addr_t dma;

	s->cmd = dma_alloc_attrs(s->dev, 256, &dma, GFP_KERNEL,
				 DMA_ATTR_WRITE_COMBINE);
	s->cmd_dma = dma;
	s->page = dma_alloc_noncoherent(s->dev, 4096, &s->page_dma,
					DMA_BIDIRECTIONAL, GFP_KERNEL);
	s->buf_dma = dma_map_single(s->dev, s->buf, 64, DMA_FROM_DEVICE);
	if (dma_mapping_error(s->dev, s->buf_dma))
		return -EIO;
	s->both_dma = s->cmd ? s->cmd_dma : s->buf_dma;
	return 0;
}

void siskin_start(struct siskin *s);
void siskin_start(struct siskin *s)
{
	dma_sync_single_for_device(s->dev, s->cmd_dma, 256, DMA_TO_DEVICE);
	dma_sync_single_for_device(s->dev, s->page_dma, 4096,
				   DMA_BIDIRECTIONAL);
	dma_sync_single_for_device(s->dev, s->buf_dma, 64, DMA_TO_DEVICE);
	dma_sync_single_for_cpu(s->dev, s->buf_dma, 64, DMA_FROM_DEVICE);
	dma_sync_single_for_cpu(s->dev, s->both_dma, 64, DMA_FROM_DEVICE);
}

/*
 * check-name: a sync in another direction than the mapping; none of coherent memory
 * check-command: dmacheck check --level note
 * check-output-start
 * coherent.c:35:2: note: dma_sync_single_for_device() with DMA_TO_DEVICE of what is mapped with DMA_FROM_DEVICE [sync-mismatch]
 * coherent.c:22:15: note: it is mapped here
 * check-output-end
 */

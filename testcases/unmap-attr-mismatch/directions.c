// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct req {
	dma_addr_t cmd, data, both;
	struct scatterlist *sg;
	int nents, write;
};

int submit(struct device *dev, struct req *r, void *cmd, void *data);
void complete(struct device *dev, struct req *r);

static dma_addr_t map_one(struct device *dev, void *p, size_t n,
			  enum dma_data_direction dir)
{
	return dma_map_single(dev, p, n, dir);
}

static void unmap_one(struct device *dev, dma_addr_t dma, size_t n,
		      enum dma_data_direction dir)
{
	dma_unmap_single(dev, dma, n, dir);
}

/* Each caller of the helpers is looked at by itself. */
int submit(struct device *dev, struct req *r, void *cmd, void *data)
{
	r->cmd = map_one(dev, cmd, 64, DMA_TO_DEVICE);
	r->data = map_one(dev, data, 64, DMA_FROM_DEVICE);
	r->both = map_one(dev, data, 64, r->write ? DMA_TO_DEVICE :
						    DMA_FROM_DEVICE);
	if (!dma_map_sg(dev, r->sg, r->nents, DMA_TO_DEVICE))
		return -ENOMEM;
	return 0;
}

void complete(struct device *dev, struct req *r)
{
	unmap_one(dev, r->cmd, 64, DMA_TO_DEVICE);
	unmap_one(dev, r->data, 64, DMA_TO_DEVICE);
	unmap_one(dev, r->both, 64, DMA_TO_DEVICE);
	dma_unmap_sg(dev, r->sg, r->nents, DMA_BIDIRECTIONAL);
}

/*
 * check-name: unmapped in another direction
 * check-output-start
 * directions.c:22:2: warning: mapped DMA_FROM_DEVICE, but unmapped DMA_TO_DEVICE [unmap-attr-mismatch]
 * directions.c:16:9: note: mapped here with dma_map_single()
 * directions.c:29:12: note: mapped for this caller
 * directions.c:40:2: note: unmapped for this caller
 * directions.c:42:2: warning: mapped DMA_TO_DEVICE, but unmapped DMA_BIDIRECTIONAL [unmap-attr-mismatch]
 * directions.c:32:7: note: mapped here with dma_map_sg()
 * check-output-end
 */

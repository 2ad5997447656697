// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct chip {
	struct device *dev;
	dma_addr_t dma;
};

int fails(struct chip *c, void *p)
{
	dma_addr_t dma = dma_map_single(c->dev, p, 16, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	c->dma = dma;
	return 0;
}

int in_field(struct chip *c, struct page *page)
{
	c->dma = dma_map_page(c->dev, page, 0, 4096, DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, c->dma))
		return -ENOMEM;
	return 0;
}

int right(struct chip *c, void *p)
{
	c->dma = dma_map_single(c->dev, p, 16, DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, c->dma))
		return -ENOMEM;
	return !c->dma;
}

/* 0 is the driver's own sign that nothing is mapped. */
int optional(struct chip *c, void *p, size_t n)
{
	dma_addr_t dma = 0;

	if (n)
		dma = dma_map_single(c->dev, p, n, DMA_TO_DEVICE);
	if (!dma)
		return -EINVAL;
	c->dma = dma;
	return 0;
}

/* Asked before it is mapped. */
int once(struct chip *c, void *p)
{
	if (!c->dma)
		c->dma = dma_map_single(c->dev, p, 16, DMA_TO_DEVICE);
	return 0;
}

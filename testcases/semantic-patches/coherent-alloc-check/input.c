// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct block {
	u32 head, tail;
};

struct chip {
	struct block *block;
	struct device *dev;
	void *ring, *other;
	dma_addr_t ring_dma, other_dma;
};

int asks(struct chip *c)
{
	c->ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	if (dma_mapping_error(c->dev, c->ring_dma))
		return -ENOMEM;
	return 0;
}

int compares(struct chip *c)
{
	c->ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	if (!c->ring_dma)
		return -ENOMEM;
	return 0;
}

int of_local(struct chip *c)
{
	dma_addr_t dma;

	c->other = dma_alloc_wc(c->dev, 4096, &dma, GFP_KERNEL);
	if (dma == 0)
		return -ENOMEM;
	c->other_dma = dma;
	return 0;
}

/* The pointer is what tells. */
int right(struct chip *c)
{
	c->ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	if (!c->ring)
		return -ENOMEM;
	return 0;
}

int both(struct chip *c)
{
	void *ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);

	if (!ring || !c->ring_dma)
		return -ENOMEM;
	c->ring = ring;
	return 0;
}

int object(struct chip *c)
{
	c->block = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	if (c->block == NULL || c->ring_dma == 0)
		return -ENOMEM;
	return 0;
}

/* 0 says that nothing was allocated. */
int guard(struct chip *c, int n)
{
	dma_addr_t dma = 0;

	if (n > 4)
		c->other = dma_alloc_coherent(c->dev, 4096, &dma, GFP_KERNEL);
	if (!dma)
		return 0;
	c->other_dma = dma;
	return 1;
}

/* The address is another one by then. */
int mapped(struct chip *c, void *p)
{
	c->ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	c->ring_dma = dma_map_single(c->dev, p, 16, DMA_TO_DEVICE);
	return dma_mapping_error(c->dev, c->ring_dma);
}

int others(struct chip *c, void *p)
{
	c->other_dma = dma_map_single(c->dev, p, 16, DMA_TO_DEVICE);
	c->ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	if (dma_mapping_error(c->dev, c->other_dma) || !c->ring)
		return -ENOMEM;
	return 0;
}

/* Whether there is anything to free. */
void frees(struct chip *c)
{
	if (c->ring_dma)
		dma_free_coherent(c->dev, 4096, c->ring, c->ring_dma);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

struct crex {
	struct device *dev;
	u32 *ring;
	void *buf;
	dma_addr_t ring_dma, buf_dma;
};

struct crex_driver {
	int (*probe)(struct crex *c);
	void (*remove)(struct crex *c);
};

int crex_start(struct crex *c);

/* Its caller frees the ring if this fails, and nobody unmaps the buffer. */
static int crex_alloc(struct crex *c)
{
	c->ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	if (!c->ring)
		return -ENOMEM;
	c->buf_dma = dma_map_single(c->dev, c->buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, c->buf_dma))
		return -ENOMEM;
	if (crex_start(c))
		return -EIO;
	return 0;
}

static void crex_free_ring(struct crex *c)
{
	dma_free_coherent(c->dev, 4096, c->ring, c->ring_dma);
}

static int crex_probe(struct crex *c)
{
	int ret = crex_alloc(c);

	if (ret) {
		crex_free_ring(c);
		return ret;
	}
	return 0;
}

static void crex_remove(struct crex *c)
{
	dma_unmap_single(c->dev, c->buf_dma, 64, DMA_TO_DEVICE);
	crex_free_ring(c);
}

extern struct crex_driver crex_driver;
struct crex_driver crex_driver = {
	.probe = crex_probe,
	.remove = crex_remove,
};

/*
 * check-name: what remove undoes and a failing probe does not
 * check-output-start
 * probe.c:25:15: warning: mapping of dma_map_single() is not undone on an error path [mapping-leaked-on-error]
 * probe.c:28:6: note: this fails
 * probe.c:29:3: note: returns here without
 * check-output-end
 */

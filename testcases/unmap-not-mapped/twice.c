// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/slab.h>

struct dunlin {
	struct device *dev;
	dma_addr_t ring_dma;
	void *ring;
	bool broken;
};

int dunlin_send(struct dunlin *d, dma_addr_t addr);

/* The label is for errors before the transfer. */
int dunlin_command(struct dunlin *d, void *buf, size_t len);
int dunlin_command(struct dunlin *d, void *buf, size_t len)
{
	dma_addr_t addr = dma_map_single(d->dev, buf, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(d->dev, addr))
		return -ENOMEM;
	ret = dunlin_send(d, addr);
	if (ret)
		goto unmap;
	dma_unmap_single(d->dev, addr, len, DMA_TO_DEVICE);
	if (!d->broken)
		return 0;
	ret = -EIO;
unmap:
	dma_unmap_single(d->dev, addr, len, DMA_TO_DEVICE);
	return ret;
}

/* What was freed is marked, and asked for. */
int dunlin_probe_ring(struct dunlin *d);
int dunlin_probe_ring(struct dunlin *d)
{
	dma_addr_t dma;
	void *ring = dma_alloc_coherent(d->dev, 4096, &dma, GFP_KERNEL);

	if (!ring)
		return -ENOMEM;
	if (dunlin_send(d, dma)) {
		dma_free_coherent(d->dev, 4096, ring, dma);
		ring = NULL;
	}
	if (ring)
		dma_free_coherent(d->dev, 4096, ring, dma);
	return 0;
}

/* Another mapping has the variable. */
int dunlin_retry(struct dunlin *d, void *buf, size_t len);
int dunlin_retry(struct dunlin *d, void *buf, size_t len)
{
	dma_addr_t addr = dma_map_single(d->dev, buf, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(d->dev, addr))
		return -ENOMEM;
	ret = dunlin_send(d, addr);
	dma_unmap_single(d->dev, addr, len, DMA_TO_DEVICE);
	if (!ret)
		return 0;
	addr = dma_map_single(d->dev, buf, len / 2, DMA_TO_DEVICE);
	if (dma_mapping_error(d->dev, addr))
		return -ENOMEM;
	ret = dunlin_send(d, addr);
	dma_unmap_single(d->dev, addr, len / 2, DMA_TO_DEVICE);
	return ret;
}

/*
 * check-name: unmapped, and then unmapped once more
 */

/*
 * check-name: unmapped, and then unmapped once more
 * check-output-start
 * twice.c:31:2: warning: dma_unmap_single() of what a path has unmapped already [unmap-not-mapped]
 * twice.c:18:20: note: it is mapped here
 * twice.c:26:2: note: it is unmapped here
 * check-output-end
 */

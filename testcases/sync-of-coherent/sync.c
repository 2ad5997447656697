// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct chip {
	struct device *dev;
	void *ring, *buf;
	dma_addr_t ring_dma, half_dma, map_dma, any_dma, none_dma;
	bool coherent;
};

int chip_open(struct chip *c, void *p);
void chip_kick(struct chip *c);
void chip_copied(struct chip *c);
void chip_close(struct chip *c);
void chip_mapped(struct chip *c);
void chip_any(struct chip *c);
void chip_noncoherent(struct chip *c);
int chip_local(struct chip *c);
void chip_given(struct device *dev, dma_addr_t dma);

int chip_open(struct chip *c, void *p)
{
	dma_addr_t dma;

	c->ring = dma_alloc_coherent(c->dev, 4096, &c->ring_dma, GFP_KERNEL);
	if (!c->ring)
		return -ENOMEM;
	c->half_dma = c->ring_dma + 2048;
	c->map_dma = dma_map_single(c->dev, p, 16, DMA_TO_DEVICE);
	if (c->coherent) {
		c->buf = dma_alloc_coherent(c->dev, 4096, &dma, GFP_KERNEL);
		c->any_dma = dma;
	} else {
		c->any_dma = dma_map_single(c->dev, p, 16, DMA_TO_DEVICE);
	}
	c->buf = dma_alloc_noncoherent(c->dev, 4096, &c->none_dma,
				       DMA_TO_DEVICE, GFP_KERNEL);
	return 0;
}

void chip_kick(struct chip *c)
{
	dma_sync_single_for_device(c->dev, c->ring_dma, 4096, DMA_TO_DEVICE);
}

void chip_copied(struct chip *c)
{
	dma_sync_single_for_cpu(c->dev, c->half_dma, 16, DMA_FROM_DEVICE);
}

void chip_close(struct chip *c)
{
	dma_unmap_single(c->dev, c->ring_dma, 4096, DMA_TO_DEVICE);
}

int chip_local(struct chip *c)
{
	dma_addr_t dma;
	void *p = dma_alloc_coherent(c->dev, 64, &dma, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	dma_sync_single_for_device(c->dev, dma, 64, DMA_TO_DEVICE);
	dma_free_coherent(c->dev, 64, p, dma);
	return 0;
}

/* Mapped; one or the other; of memory that is not coherent; not known. */
void chip_mapped(struct chip *c)
{
	dma_sync_single_for_device(c->dev, c->map_dma, 16, DMA_TO_DEVICE);
	dma_unmap_single(c->dev, c->map_dma, 16, DMA_TO_DEVICE);
}

void chip_any(struct chip *c)
{
	if (!c->coherent)
		dma_sync_single_for_device(c->dev, c->any_dma, 16,
					   DMA_TO_DEVICE);
}

void chip_noncoherent(struct chip *c)
{
	dma_sync_single_for_device(c->dev, c->none_dma, 16, DMA_TO_DEVICE);
}

void chip_given(struct device *dev, dma_addr_t dma)
{
	dma_sync_single_for_device(dev, dma, 16, DMA_TO_DEVICE);
}

/*
 * check-name: the address of coherent memory is synced or unmapped
 * check-output-start
 * sync.c:43:2: warning: dma_sync_single_for_device() of coherent memory: c->ring_dma comes from dma_alloc_coherent() or its kin, and there is nothing to sync [sync-of-coherent]
 * sync.c:25:12: note: it is allocated here
 * sync.c:48:2: warning: dma_sync_single_for_cpu() of coherent memory: c->half_dma comes from dma_alloc_coherent() or its kin, and there is nothing to sync [sync-of-coherent]
 * sync.c:25:12: note: it is allocated here
 * sync.c:53:2: warning: dma_unmap_single() of coherent memory: c->ring_dma comes from dma_alloc_coherent() or its kin, and is to be freed, not unmapped [sync-of-coherent]
 * sync.c:25:12: note: it is allocated here
 * sync.c:63:2: warning: dma_sync_single_for_device() of coherent memory: dma comes from dma_alloc_coherent() or its kin, and there is nothing to sync [sync-of-coherent]
 * sync.c:59:12: note: it is allocated here
 * check-output-end
 */

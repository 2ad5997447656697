// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct chip {
	struct device *dev;
	struct sg_table sgt;
	void *ring;
	dma_addr_t ring_dma;
};

void syncs(struct chip *c);
void unmaps(struct chip *c);
void frees(struct chip *c);
void table(struct chip *c);
void right(struct chip *c);

void syncs(struct chip *c)
{
	dma_sync_single_for_cpu(c->dev, virt_to_phys(c->ring), 64,
				DMA_FROM_DEVICE);
}

void unmaps(struct chip *c)
{
	dma_addr_t addr = sg_phys(c->sgt.sgl) + 64;

	dma_unmap_single(c->dev, addr, 64, DMA_FROM_DEVICE);
}

void frees(struct chip *c)
{
	dma_free_coherent(c->dev, 64, c->ring, virt_to_phys(c->ring));
}

void right(struct chip *c)
{
	c->ring_dma = dma_map_single(c->dev, c->ring, 64, DMA_TO_DEVICE);
	dma_sync_single_for_cpu(c->dev, c->ring_dma, 64, DMA_TO_DEVICE);
	dma_unmap_single(c->dev, c->ring_dma, 64, DMA_TO_DEVICE);
}

void table(struct chip *c)
{
	dma_sync_single_for_cpu(c->dev, sg_dma_address(c->sgt.sgl), 64,
				DMA_FROM_DEVICE);
}

/*
 * check-name: a physical address where the one of the mapping belongs
 * check-output-start
 * given.c:20:2: warning: dma_sync_single_for_cpu() is given a physical address, from virt_to_phys(), where the DMA address of the mapping belongs [phys-as-dma-addr]
 * given.c:28:2: warning: dma_unmap_single() is given a physical address, from sg_phys(), where the DMA address of the mapping belongs [phys-as-dma-addr]
 * given.c:33:2: warning: dma_free_coherent() is given a physical address, from virt_to_phys(), where the DMA address of the mapping belongs [phys-as-dma-addr]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/kernel.h>

struct brant_ring {
	void *desc;
	dma_addr_t desc_dma;
	void *status;
	dma_addr_t status_dma;
	void *scratch, *frame;
	unsigned long frame_start;
	void *table;
	dma_addr_t table_dma;
};

struct brant {
	struct device *dev;
	void __iomem *regs;
	struct brant_ring ring[2];
};

int brant_open(struct brant *b, int i);
void brant_close(struct brant *b, int i);
void writel(u32 value, void __iomem *addr);

static void brant_free(struct brant *b, void *p, dma_addr_t dma)
{
	dma_free_coherent(b->dev, PAGE_SIZE, p, dma);
}

int brant_open(struct brant *b, int i)
{
	struct brant_ring *ring = &b->ring[i];
	dma_addr_t scratch_dma, frame_dma;
	void *frame;

	ring->desc = dma_alloc_coherent(b->dev, PAGE_SIZE, &ring->desc_dma,
					GFP_KERNEL);
	ring->table = dma_alloc_coherent(b->dev, PAGE_SIZE, &ring->table_dma,
					 GFP_KERNEL);
	/* Nobody frees these three. */
	ring->status = dma_alloc_coherent(b->dev, PAGE_SIZE,
					  &ring->status_dma, GFP_KERNEL);
	ring->scratch = dma_alloc_coherent(b->dev, PAGE_SIZE, &scratch_dma,
					   GFP_KERNEL);
	frame = dma_alloc_coherent(b->dev, PAGE_SIZE, &frame_dma, GFP_KERNEL);
	if (!ring->desc || !ring->table || !ring->status || !ring->scratch ||
	    !frame)
		return -ENOMEM;
	ring->frame = frame;
	ring->frame_start = frame_dma;
	writel((u32)ring->status_dma, b->regs);
	writel((u32)scratch_dma, b->regs);
	return 0;
}

void brant_close(struct brant *b, int i)
{
	struct brant_ring *ring = &b->ring[i];

	dma_free_coherent(b->dev, PAGE_SIZE, ring->desc, ring->desc_dma);
	brant_free(b, ring->table, ring->table_dma);
}
/*
 * check-name: coherent memory in members that nobody frees
 * check-output-start
 * members.c:43:17: warning: memory of dma_alloc_coherent() is never freed: nothing in the module passes status to dma_free_coherent() or anyone else [coherent-never-freed]
 * members.c:45:18: warning: memory of dma_alloc_coherent() is never freed: nothing in the module passes scratch to dma_free_coherent() or anyone else [coherent-never-freed]
 * members.c:47:10: warning: memory of dma_alloc_coherent() is never freed: nothing in the module passes frame to dma_free_coherent() or anyone else [coherent-never-freed]
 * check-output-end
 */

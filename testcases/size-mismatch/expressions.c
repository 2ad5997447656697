// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/kernel.h>

struct rook_done { u32 a; };

struct rook {
	struct device *dev;
	int count;
	void *desc;
	struct rook_done *done, *last;
	void *spare;
	dma_addr_t desc_dma, done_dma, last_dma, spare_dma;
	size_t size, length;
};

int rook_open(struct rook *r);
void rook_close(struct rook *r);

int rook_open(struct rook *r)
{
	r->desc = dma_alloc_coherent(r->dev, r->length, &r->desc_dma,
				     GFP_KERNEL);
	r->done = dma_alloc_coherent(r->dev, r->count * sizeof(*r->done),
				     &r->done_dma, GFP_KERNEL);
	r->last = dma_alloc_coherent(r->dev, r->count * 4, &r->last_dma,
				     GFP_KERNEL);
	r->spare = dma_alloc_coherent(r->dev, r->size + 64, &r->spare_dma,
				      GFP_KERNEL);
	return r->desc && r->done && r->last && r->spare ? 0 : -ENOMEM;
}

void rook_close(struct rook *r)
{
	/* Without what was added, and with what was not. */
	dma_free_coherent(r->dev, r->length + 8, r->desc, r->desc_dma);
	dma_free_coherent(r->dev, r->size, r->spare, r->spare_dma);
	/* The same, in another order or another way. */
	dma_free_coherent(r->dev, sizeof(*r->done) * r->count, r->done,
			  r->done_dma);
	dma_free_coherent(r->dev, r->count << 2, r->last, r->last_dma);
}
/*
 * check-name: sizes that are computed from members
 * check-output-start
 * expressions.c:36:2: warning: dma_free_coherent() with another size than the memory was allocated with [size-mismatch]
 * expressions.c:22:12: note: it is allocated here
 * expressions.c:37:2: warning: dma_free_coherent() with another size than the memory was allocated with [size-mismatch]
 * expressions.c:28:13: note: it is allocated here
 * check-output-end
 */

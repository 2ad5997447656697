// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

#define QUILL_TAIL 8
#define QUILL_BIG 4096

struct quill_header {
	u32 magic, len;
};

struct quill {
	struct device *dev;
	u32 size;
	void *head, *table;
	dma_addr_t dma, table_dma;
};

int quill_setup(struct quill *q, u32 want);
int quill_setup(struct quill *q, u32 want)
{
	q->head = dma_alloc_coherent(q->dev, want + QUILL_TAIL, &q->dma,
				     GFP_KERNEL);
	if (!q->head)
		return -ENOMEM;
	q->size = want;
	q->table = dma_alloc_coherent(q->dev,
				      sizeof(struct quill_header) + QUILL_BIG,
				      &q->table_dma, GFP_KERNEL);
	if (!q->table)
		goto fail;
	return 0;
fail:
	dma_free_coherent(q->dev, q->size, q->head, q->dma);
	return -ENOMEM;
}

void quill_teardown(struct quill *q, bool late);
void quill_teardown(struct quill *q, bool late)
{
	dma_free_coherent(q->dev, q->size + QUILL_TAIL, q->head, q->dma);
	if (late)
		dma_free_coherent(q->dev, 4096, q->table, q->table_dma);
	else
		dma_free_coherent(q->dev,
				  sizeof(struct quill_header) + QUILL_BIG,
				  q->table, q->table_dma);
}

/* The first part is unmapped with the length of both. */
int quill_parts(struct device *dev, void *a, void *b, size_t len, size_t s1);
int quill_parts(struct device *dev, void *a, void *b, size_t len, size_t s1)
{
	dma_addr_t d1, d2;

	d1 = dma_map_single(dev, a, s1, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, d1))
		return -EIO;
	d2 = dma_map_single(dev, b, len, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, d2)) {
		dma_unmap_single(dev, d1, len, DMA_TO_DEVICE);
		return -EIO;
	}
	dma_unmap_single(dev, d2, len, DMA_TO_DEVICE);
	dma_unmap_single(dev, d1, s1, DMA_TO_DEVICE);
	return 0;
}

/*
 * check-name: freed and unmapped with another size
 * check-output-start
 * sizes.c:34:2: warning: dma_free_coherent() with another size than the memory was allocated with [size-mismatch]
 * sizes.c:22:12: note: it is allocated here
 * sizes.c:43:3: warning: dma_free_coherent() with another size than the memory was allocated with [size-mismatch]
 * sizes.c:27:13: note: it is allocated here
 * sizes.c:61:3: warning: dma_unmap_single() with another size than the memory was mapped with [size-mismatch]
 * sizes.c:56:7: note: it is mapped here
 * check-output-end
 */

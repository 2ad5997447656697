// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct turnstone {
	struct device *dev;
	void *buf[16];
	dma_addr_t dma[16];
};

int turnstone_run(struct turnstone *t, struct scatterlist *a,
		  struct scatterlist *b);
void *turnstone_alloc(struct turnstone *t);

/* Each round undoes what it maps, but for the second failure. */
int turnstone_each(struct turnstone *t, struct scatterlist *a,
		   struct scatterlist *b, int nr);
int turnstone_each(struct turnstone *t, struct scatterlist *a,
		   struct scatterlist *b, int nr)
{
	int i, ret;

	for (i = 0; i < nr; i++) {
		if (!dma_map_sg(t->dev, a + i, 1, DMA_TO_DEVICE))
			return -ENOMEM;
		if (!dma_map_sg(t->dev, b + i, 1, DMA_FROM_DEVICE))
			return -ENOMEM;
		ret = turnstone_run(t, a + i, b + i);
		dma_unmap_sg(t->dev, a + i, 1, DMA_TO_DEVICE);
		dma_unmap_sg(t->dev, b + i, 1, DMA_FROM_DEVICE);
		if (ret)
			return ret;
	}
	return 0;
}

/* What a round before has given to the device stays there: only a note. */
int turnstone_fill(struct turnstone *t, int nr);
int turnstone_fill(struct turnstone *t, int nr)
{
	dma_addr_t dma;
	int i, ret;

	for (i = 0; i < nr; i++) {
		t->buf[i] = turnstone_alloc(t);
		if (!t->buf[i])
			return -ENOMEM;
		dma = dma_map_single(t->dev, t->buf[i], 64, DMA_FROM_DEVICE);
		if (dma_mapping_error(t->dev, dma))
			return -EIO;
		t->dma[i] = dma;
		ret = turnstone_run(t, NULL, NULL);
		if (ret) {
			dma_unmap_single(t->dev, dma, 64, DMA_FROM_DEVICE);
			return ret;
		}
	}
	return 0;
}

/*
 * check-name: what a round of a loop maps, and what rounds before have mapped
 * check-command: dmacheck check --level note
 * check-output-start
 * rounds.c:26:8: warning: mapping of dma_map_sg() is not undone on an error path [mapping-leaked-on-error]
 * rounds.c:31:3: note: it is unmapped here, on another path
 * rounds.c:28:8: note: this fails
 * rounds.c:29:4: note: returns here without
 * rounds.c:50:9: note: mapping of dma_map_single() is not undone on an error path [mapping-leaked-on-error]
 * rounds.c:56:4: note: it is unmapped here, on another path
 * rounds.c:48:8: note: this fails
 * rounds.c:49:4: note: returns here without
 * rounds.c:55:7: note: this fails
 * rounds.c:57:4: note: returns here without
 * rounds.c:51:7: note: this fails
 * rounds.c:52:4: note: returns here without
 * check-output-end
 */

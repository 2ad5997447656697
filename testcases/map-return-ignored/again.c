// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/scatterlist.h>

/* What is tested before belongs to the last transfer. */
struct again {
	struct scatterlist *list;
	int nents, nr_mapped;
	u64 *table;
};

int again(struct device *dev, struct again *a);

int again(struct device *dev, struct again *a)
{
	if (a->nr_mapped)
		return -EBUSY;
	a->nr_mapped = dma_map_sg(dev, a->list, a->nents, DMA_TO_DEVICE);
	a->table[a->nr_mapped - 1] |= 1;
	return 0;
}

struct once {
	struct scatterlist *list;
	int nents, nr_mapped;
};

int once(struct device *dev, struct once *o);

int once(struct device *dev, struct once *o)
{
	if (o->nr_mapped)
		return -EBUSY;
	o->nr_mapped = dma_map_sg(dev, o->list, o->nents, DMA_TO_DEVICE);
	return o->nr_mapped ? 0 : -EIO;
}
/*
 * check-name: a test before the map is of the transfer before
 * check-output-start
 * again.c:18:17: warning: result of dma_map_sg() is used but never checked: the mapping may have failed [map-return-ignored]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cache.h>
#include <linux/dma-mapping.h>

struct length {
	struct device *dev;
	unsigned int idx;
	u8 data[SMP_CACHE_BYTES];
};

struct aligned {
	struct device *dev;
	unsigned int idx;
	u8 data[32] __aligned(SMP_CACHE_BYTES);
};

int map_length(struct length *l);
int map_aligned(struct aligned *a);

int map_length(struct length *l)
{
	return dma_mapping_error(l->dev, dma_map_single(l->dev, l->data, 32,
							DMA_FROM_DEVICE));
}

int map_aligned(struct aligned *a)
{
	return dma_mapping_error(a->dev, dma_map_single(a->dev, a->data, 32,
							DMA_FROM_DEVICE));
}

/*
 * check-name: a cache line's size is the length of the array, not its alignment
 * check-command: dmacheck check --level note
 * check-output-start
 * length.c:22:35: note: the device writes to data in struct length, which shares cache lines with other members [dma-field-without-group]
 * check-output-end
 */

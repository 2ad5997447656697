// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

int map(struct device *dev, struct sg_table *sgt);

/* Other words: dcache_clean_area, NO_CACHE_CLEAN, cache_clean(), XDMA_ATTR_CPU_CACHE_CLEAN. */
static int is_cache_clean_now;

#define HINIC_DMA_ATTR_CPU_CACHE_CLEAN	1
#define MY_DMA_ATTR_FOO			2

int map(struct device *dev, struct sg_table *sgt)
{
	unsigned long attrs = DMA_ATTR_REQUIRE_COHERENT;

	if (is_cache_clean_now)
		attrs = HINIC_DMA_ATTR_CPU_CACHE_CLEAN | MY_DMA_ATTR_FOO;
	return dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, attrs);
}

/*
 * check-name: the names that there are, and others that only contain old ones
 * check-command: dmacheck check --level note
 * check-output-start
 * check-output-end
 */

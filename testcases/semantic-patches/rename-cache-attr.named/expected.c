// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#define DEMO_ATTRS	(DMA_ATTR_CPU_CACHE_OVERLAP | DMA_ATTR_SKIP_CPU_SYNC)

/* Names of others that only look alike stay. */
#define HINIC_DMA_ATTR_CPU_CACHE_CLEAN	3

struct demo_caps {
	unsigned int dma_attr_cpu_cache_clean;
	const char *name;
};

static const struct demo_caps demo_caps = {
	.dma_attr_cpu_cache_clean = HINIC_DMA_ATTR_CPU_CACHE_CLEAN,
	.name = "DMA_ATTR_CPU_CACHE_CLEAN",
};

static dma_addr_t demo_map_in(struct device *dev, struct page *page,
			      bool packed)
{
	unsigned long attrs = packed ? DMA_ATTR_CPU_CACHE_OVERLAP : 0;

	return dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE,
				  attrs);
}

static int demo_map_table(struct device *dev, struct sg_table *sgt)
{
	if (dma_map_sgtable(dev, sgt, DMA_FROM_DEVICE,
			    DMA_ATTR_NO_WARN | DMA_ATTR_CPU_CACHE_OVERLAP))
		return -EIO;	/* DMA_ATTR_CPU_CACHE_CLEAN did not help */
	return 0;
}

static bool demo_is_packed(unsigned long attrs)
{
	return attrs & DMA_ATTR_CPU_CACHE_OVERLAP;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	u32 attrs;
	unsigned long wide;
	u32 flags;
};

dma_addr_t local(struct device *dev, void *p, size_t n, bool warn);
dma_addr_t param(struct device *dev, void *p, size_t n, unsigned int attrs);
void field(struct demo *demo);
dma_addr_t right(struct device *dev, struct demo *demo, void *p, size_t n);
dma_addr_t own_flag(struct device *dev, struct demo *demo, void *p, size_t n);

dma_addr_t local(struct device *dev, void *p, size_t n, bool warn)
{
	unsigned int attrs = 0;

	if (!warn)
		attrs |= DMA_ATTR_NO_WARN;
	return dma_map_single_attrs(dev, p, n, DMA_TO_DEVICE, attrs);
}

dma_addr_t param(struct device *dev, void *p, size_t n, unsigned int attrs)
{
	return dma_map_single_attrs(dev, p, n, DMA_TO_DEVICE, attrs);
}

void field(struct demo *demo)
{
	demo->attrs = DMA_ATTR_SKIP_CPU_SYNC;
}

/* Nothing to be said of these. */
dma_addr_t right(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->wide = DMA_ATTR_NO_WARN;
	return dma_map_single_attrs(dev, p, n, DMA_TO_DEVICE, demo->wide);
}

dma_addr_t own_flag(struct device *dev, struct demo *demo, void *p, size_t n)
{
	return dma_map_single_attrs(dev, p, n, DMA_TO_DEVICE,
				    demo->flags & 1 ? DMA_ATTR_NO_WARN : 0);
}

/*
 * check-name: attributes in a type that is too narrow
 * check-command: dmacheck check --level note
 * check-output-start
 * narrow.c:21:3: note: DMA_ATTR_NO_WARN is stored in attrs, which is narrower than unsigned long [attrs-narrow-type]
 * narrow.c:22:9: note: attributes of dma_map_single_attrs() are passed in unsigned int attrs, which is narrower than unsigned long [attrs-narrow-type]
 * narrow.c:27:9: note: attributes of dma_map_single_attrs() are passed in unsigned int attrs, which is narrower than unsigned long [attrs-narrow-type]
 * narrow.c:32:8: note: DMA_ATTR_SKIP_CPU_SYNC is stored in attrs, which is narrower than unsigned long [attrs-narrow-type]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	dma_addr_t addr, spare;
};

int fresh(struct device *dev, struct demo *demo, void *p, size_t n);
int helped(struct device *dev, void *p, size_t n);
int right(struct device *dev, struct demo *demo, void *p, size_t n);
int maybe(struct device *dev, struct page *page, bool map);
int asked(struct device *dev, void *p, size_t n);
bool sentinel(struct demo *demo);

int fresh(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->addr = dma_map_single(dev, p, n, DMA_TO_DEVICE);
	if (demo->addr == DMA_MAPPING_ERROR)
		return -EIO;
	return 0;
}

static dma_addr_t map(struct device *dev, void *p, size_t n)
{
	return dma_map_single(dev, p, n, DMA_TO_DEVICE);
}

int helped(struct device *dev, void *p, size_t n)
{
	dma_addr_t addr = map(dev, p, n);

	return addr != DMA_MAPPING_ERROR ? 0 : -EIO;
}

/* Nothing to be said of these. */
int right(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->addr = dma_map_single(dev, p, n, DMA_TO_DEVICE);
	demo->spare = DMA_MAPPING_ERROR;
	return dma_mapping_error(dev, demo->addr) ? -EIO : 0;
}

/* Not mapped yet, or not mapped at all. */
int maybe(struct device *dev, struct page *page, bool map)
{
	dma_addr_t addr = DMA_MAPPING_ERROR;

	if (map)
		addr = dma_map_page(dev, page, 0, 4096, DMA_TO_DEVICE);
	return addr == DMA_MAPPING_ERROR ? -EIO : 0;
}

/* The helper has asked, and says so with a constant of its own. */
static dma_addr_t asking(struct device *dev, void *p, size_t n)
{
	dma_addr_t addr = dma_map_single(dev, p, n, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, addr))
		return DMA_MAPPING_ERROR;
	return addr;
}

int asked(struct device *dev, void *p, size_t n)
{
	return asking(dev, p, n) == DMA_MAPPING_ERROR ? -EIO : 0;
}

/* A value of the driver's own. */
bool sentinel(struct demo *demo)
{
	return demo->spare == DMA_MAPPING_ERROR;
}

/*
 * check-name: the result of a mapping, compared by hand
 * check-command: dmacheck check --level note
 * check-output-start
 * raw.c:18:6: note: result of dma_map_single() is compared with DMA_MAPPING_ERROR instead of checked with dma_mapping_error() [raw-dma-mapping-error-compare]
 * raw.c:32:9: note: result of map() is compared with DMA_MAPPING_ERROR instead of checked with dma_mapping_error() [raw-dma-mapping-error-compare]
 * check-output-end
 */

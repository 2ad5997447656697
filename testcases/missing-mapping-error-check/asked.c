// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	dma_addr_t addr;
};

int asked(struct device *dev, struct demo *demo, void *p, size_t n);
int raw(struct device *dev, struct demo *demo, struct page *page);
int by_helper(struct device *dev, void *p, size_t n);

int asked(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->addr = dma_map_single(dev, p, n, DMA_TO_DEVICE);
	return dma_mapping_error(dev, demo->addr) ? -EIO : 0;
}

int raw(struct device *dev, struct demo *demo, struct page *page)
{
	demo->addr = dma_map_page(dev, page, 0, 4096, DMA_FROM_DEVICE);
	return demo->addr == DMA_MAPPING_ERROR ? -EIO : 0;
}

static int check_for(struct device *dev, dma_addr_t addr)
{
	return dma_mapping_error(dev, addr) ? -EIO : 0;
}

int by_helper(struct device *dev, void *p, size_t n)
{
	return check_for(dev, dma_map_single(dev, p, n, DMA_TO_DEVICE));
}

/*
 * check-name: somebody asks whether the mapping failed
 * check-output-start
 * check-output-end
 */

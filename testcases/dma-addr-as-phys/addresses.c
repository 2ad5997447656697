// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	phys_addr_t bar;
	dma_addr_t mapped, window;
};

struct resource_like {
	u64 start;
};

dma_addr_t of_table(struct device *dev, struct sg_table *sgt);
int map(struct device *dev, struct demo *demo, void *p, size_t n);
dma_addr_t twice(struct device *dev, struct demo *demo, size_t n);
void find(struct demo *demo, const struct resource_like *res);
dma_addr_t window(struct device *dev, struct demo *demo, size_t n);
dma_addr_t by_local(struct device *dev, struct demo *demo, size_t n);
dma_addr_t right(struct device *dev, struct demo *demo, size_t n);
dma_addr_t odd_local(struct device *dev, struct demo *demo, size_t n);
dma_addr_t of_pages(struct device *dev, struct sg_table *sgt);

dma_addr_t of_table(struct device *dev, struct sg_table *sgt)
{
	return dma_map_resource(dev, sg_dma_address(sgt->sgl),
				sgt->sgl->length, DMA_BIDIRECTIONAL, 0);
}

int map(struct device *dev, struct demo *demo, void *p, size_t n)
{
	demo->mapped = dma_map_single(dev, p, n, DMA_TO_DEVICE);
	return dma_mapping_error(dev, demo->mapped) ? -EIO : 0;
}

dma_addr_t twice(struct device *dev, struct demo *demo, size_t n)
{
	return dma_map_phys(dev, demo->mapped, n, DMA_TO_DEVICE,
			    DMA_ATTR_MMIO);
}

dma_addr_t by_local(struct device *dev, struct demo *demo, size_t n)
{
	dma_addr_t addr = dma_map_resource(dev, demo->bar, n, DMA_TO_DEVICE,
					   0);

	return dma_map_resource(dev, addr, n, DMA_FROM_DEVICE, 0);
}

/* Physical addresses. */
dma_addr_t right(struct device *dev, struct demo *demo, size_t n)
{
	return dma_map_resource(dev, demo->bar, n, DMA_TO_DEVICE, 0);
}

/* The type is wrong, the address is not. */
void find(struct demo *demo, const struct resource_like *res)
{
	demo->window = res->start;
}

dma_addr_t window(struct device *dev, struct demo *demo, size_t n)
{
	return dma_map_resource(dev, demo->window, n, DMA_TO_DEVICE, 0);
}

dma_addr_t odd_local(struct device *dev, struct demo *demo, size_t n)
{
	dma_addr_t addr = demo->bar + 4096;

	return dma_map_resource(dev, addr, n, DMA_TO_DEVICE, 0);
}

dma_addr_t of_pages(struct device *dev, struct sg_table *sgt)
{
	return dma_map_phys(dev, sg_phys(sgt->sgl), sgt->sgl->length,
			    DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: a DMA address where a physical one is wanted
 * check-command: dmacheck check --level note
 * check-output-start
 * addresses.c:25:9: note: sg_dma_address(sgt->sgl) is a DMA address, but dma_map_resource() takes a physical address [dma-addr-as-phys]
 * addresses.c:37:9: warning: demo->mapped is a DMA address, but dma_map_phys() takes a physical address [dma-addr-as-phys]
 * addresses.c:31:17: note: the address comes from here
 * addresses.c:46:9: warning: addr is a DMA address, but dma_map_resource() takes a physical address [dma-addr-as-phys]
 * addresses.c:43:20: note: the address comes from here
 * check-output-end
 */

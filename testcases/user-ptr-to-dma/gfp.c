// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

void *as_attrs(struct device *dev, dma_addr_t *dma);
void *changed_places(struct device *dev, dma_addr_t *dma, gfp_t gfp);
void *as_size(struct device *dev, dma_addr_t *dma);
dma_addr_t as_direction(struct device *dev, void *p, gfp_t flags);
dma_addr_t map_attrs(struct device *dev, void *p);
void *right(struct device *dev, dma_addr_t *dma, gfp_t gfp);

void *as_attrs(struct device *dev, dma_addr_t *dma)
{
	return dma_alloc_attrs(dev, 4096, dma, GFP_KERNEL, GFP_KERNEL);
}

void *changed_places(struct device *dev, dma_addr_t *dma, gfp_t gfp)
{
	return dma_alloc_attrs(dev, 4096, dma, DMA_ATTR_WRITE_COMBINE, gfp);
}

void *as_size(struct device *dev, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, GFP_KERNEL, dma, 4096);
}

dma_addr_t as_direction(struct device *dev, void *p, gfp_t flags)
{
	return dma_map_single(dev, p, 16, flags);
}

dma_addr_t map_attrs(struct device *dev, void *p)
{
	return dma_map_single_attrs(dev, p, 16, DMA_TO_DEVICE,
				    GFP_KERNEL | __GFP_ZERO);
}

void *right(struct device *dev, dma_addr_t *dma, gfp_t gfp)
{
	return dma_alloc_attrs(dev, 4096, dma, gfp | GFP_KERNEL,
			       DMA_ATTR_WRITE_COMBINE);
}

/*
 * check-name: a gfp_t stands where something else is expected, or the other way round
 * check-output-start
 * gfp.c:13:9: error: a gfp_t is given to dma_alloc_attrs() as attributes [user-ptr-to-dma]
 * gfp.c:18:9: error: a gfp_t is given to dma_alloc_attrs() as attributes [user-ptr-to-dma]
 * gfp.c:23:9: error: a gfp_t is given to dma_alloc_coherent() as argument 2 [user-ptr-to-dma]
 * gfp.c:28:9: error: a gfp_t is given to dma_map_single() as direction [user-ptr-to-dma]
 * gfp.c:33:9: error: a gfp_t is given to dma_map_single_attrs() as attributes [user-ptr-to-dma]
 * check-output-end
 */

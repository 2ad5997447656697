// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct bo {
	struct sg_table sgt;
	unsigned long attrs, map_attrs;
	dma_addr_t dma, either;
	void *cookie;
	int contiguous;
};

int create(struct device *dev, struct bo *bo);
int create_right(struct device *dev, struct bo *bo);
int one_or_other(struct device *dev, struct bo *bo, struct page *page);

/* The map is given the attributes of the allocation. */
int create(struct device *dev, struct bo *bo)
{
	bo->attrs = DMA_ATTR_WRITE_COMBINE;
	if (bo->contiguous)
		bo->attrs |= DMA_ATTR_FORCE_CONTIGUOUS;
	bo->cookie = dma_alloc_attrs(dev, 4096, &bo->dma, GFP_KERNEL,
				     bo->attrs);
	if (!bo->cookie)
		return -ENOMEM;
	return dma_map_sgtable(dev, &bo->sgt, DMA_BIDIRECTIONAL, bo->attrs);
}

int create_right(struct device *dev, struct bo *bo)
{
	bo->map_attrs = DMA_ATTR_SKIP_CPU_SYNC;
	bo->cookie = dma_alloc_attrs(dev, 4096, &bo->dma, GFP_KERNEL,
				     DMA_ATTR_WRITE_COMBINE);
	if (!bo->cookie)
		return -ENOMEM;
	return dma_map_sgtable(dev, &bo->sgt, DMA_BIDIRECTIONAL,
			       bo->map_attrs);
}

/* It is only there where it is allocated. */
int one_or_other(struct device *dev, struct bo *bo, struct page *page)
{
	unsigned long attrs = DMA_ATTR_NO_WARN;

	if (bo->contiguous) {
		attrs |= DMA_ATTR_FORCE_CONTIGUOUS;
		bo->cookie = dma_alloc_attrs(dev, 4096, &bo->either,
					     GFP_KERNEL, attrs);
		return bo->cookie ? 0 : -ENOMEM;
	}
	bo->either = dma_map_page_attrs(dev, page, 0, 4096, DMA_TO_DEVICE,
					attrs);
	return dma_mapping_error(dev, bo->either);
}

/*
 * check-name: one variable for the attributes of allocation and mapping
 * check-output-start
 * shared-variable.c:26:9: warning: DMA_ATTR_WRITE_COMBINE applies to allocations, but dma_map_sgtable() only maps memory [alloc-only-attr-on-map]
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <rdma/ib_verbs.h>

/* -D only -D fn=demo_all: every family, whatever the memory is. */
static void demo_all(struct device *dev, struct ib_device *ibdev,
		     struct sg_table *sgt, struct dma_iova_state *state,
		     struct page *page, void *p, phys_addr_t phys,
		     unsigned long attrs)
{
	enum dma_data_direction dir = DMA_BIDIRECTIONAL;
	struct scatterlist *sgl = sgt->sgl;
	unsigned int n = sgt->orig_nents;
	dma_addr_t a;

	if (!dma_map_sg(dev, sgl, n, dir))
		return;
	dma_unmap_sg(dev, sgl, n, dir);
	dma_map_sg_attrs(dev, sgl, n, dir, attrs);
	dma_unmap_sg_attrs(dev, sgl, n, dir, attrs);
	dma_map_sgtable(dev, sgt, dir, 0);
	dma_unmap_sgtable(dev, sgt, dir, 0);

	a = dma_map_page(dev, page, 0, PAGE_SIZE, dir);
	dma_unmap_page(dev, a, PAGE_SIZE, dir);
	a = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, dir, DMA_ATTR_NO_WARN);
	dma_unmap_page_attrs(dev, a, PAGE_SIZE, dir, 0);
	a = dma_map_single(dev, p, PAGE_SIZE, dir);
	dma_unmap_single(dev, a, PAGE_SIZE, dir);
	a = dma_map_single_attrs(dev, p, PAGE_SIZE, dir, attrs);
	dma_unmap_single_attrs(dev, a, PAGE_SIZE, dir, attrs);
	a = dma_map_phys(dev, phys, PAGE_SIZE, dir, 0);
	dma_unmap_phys(dev, a, PAGE_SIZE, dir, 0);

	dma_iova_link(dev, state, phys, 0, PAGE_SIZE, dir, 0);
	dma_iova_unlink(dev, state, 0, PAGE_SIZE, dir, 0);
	dma_iova_destroy(dev, state, PAGE_SIZE, dir, 0);

	if (!ib_dma_map_sg(ibdev, sgl, n, dir))
		return;
	ib_dma_unmap_sg(ibdev, sgl, n, dir);
	ib_dma_map_sg_attrs(ibdev, sgl, n, dir, attrs);
	ib_dma_unmap_sg_attrs(ibdev, sgl, n, dir, attrs);
	ib_dma_map_sgtable_attrs(ibdev, sgt, dir, 0);
	ib_dma_unmap_sgtable_attrs(ibdev, sgt, dir, 0);

	/* It has it. */
	dma_map_sgtable(dev, sgt, dir,
			DMA_ATTR_NO_WARN | DMA_ATTR_REQUIRE_COHERENT);
	dma_unmap_sgtable(dev, sgt, dir, DMA_ATTR_REQUIRE_COHERENT);

	/* These take no attributes. */
	ib_dma_unmap_single(ibdev, ib_dma_map_single(ibdev, p, 1, dir), 1, dir);
	dma_unmap_resource(dev, dma_map_resource(dev, phys, 1, dir, 0), 1, dir,
			   0);
}

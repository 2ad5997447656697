// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct net_iov {
	unsigned long dma;
};
bool net_mp_niov_set_dma_addr(struct net_iov *niov, dma_addr_t addr);

/* Memory for packets; that of another exporter comes as a table of its own. */
struct area {
	struct sg_table own;
	struct sg_table *sgt;
	struct net_iov *niovs;
};

struct heap {
	struct sg_table own;
	struct sg_table *sgt;
	u64 *addresses;
};

int area_import(struct device *dev, struct area *area, struct page **pages,
		unsigned long addr);
int area_populate(struct area *area);
int heap_import(struct device *dev, struct heap *heap, struct page **pages,
		unsigned long addr);
int heap_populate(struct heap *heap);

int area_import(struct device *dev, struct area *area, struct page **pages,
		unsigned long addr)
{
	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&area->own, pages, 8, 0, 8 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	if (dma_map_sgtable(dev, &area->own, DMA_FROM_DEVICE, 0))
		return -EIO;
	area->sgt = &area->own;
	return 0;
}

/* From here on the page pool syncs, for each packet. */
int area_populate(struct area *area)
{
	struct scatterlist *sg = area->sgt->sgl;
	unsigned int i;

	for (i = 0; i < area->sgt->nents; i++, sg = sg_next(sg)) {
		dma_addr_t dma = sg_dma_address(sg);

		if (!net_mp_niov_set_dma_addr(&area->niovs[i], dma))
			return -EFAULT;
	}
	return 0;
}

int heap_import(struct device *dev, struct heap *heap, struct page **pages,
		unsigned long addr)
{
	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&heap->own, pages, 8, 0, 8 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	if (dma_map_sgtable(dev, &heap->own, DMA_FROM_DEVICE, 0))
		return -EIO;
	heap->sgt = &heap->own;
	return 0;
}

/* The device is told the addresses, and nobody syncs. */
int heap_populate(struct heap *heap)
{
	struct scatterlist *sg = heap->sgt->sgl;
	unsigned int i;

	for (i = 0; i < heap->sgt->nents; i++, sg = sg_next(sg))
		heap->addresses[i] = sg_dma_address(sg);
	return 0;
}

/*
 * check-name: memory whose addresses a page pool is told, and which it syncs
 * check-output-start
 * page-pool.c:67:6: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * page-pool.c:62:6: note: pages come from pin_user_pages_fast() into 'pages'
 * page-pool.c:64:6: note: sg_alloc_table_from_pages() puts 'pages' into struct heap.own
 * check-output-end
 */

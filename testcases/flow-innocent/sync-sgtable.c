// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct synced {
	struct sg_table sgt;
	struct page *pages[4];
};

/* As long-lived, and never handed over: what is synced is its ring. */
struct unsynced {
	struct sg_table sgt;
	struct sg_table ring;
	struct page *pages[4];
};

int synced_open(struct device *dev, struct synced *obj, unsigned long addr);
void synced_begin(struct device *dev, struct synced *obj);
void synced_end(struct device *dev, struct synced *obj);
int unsynced_open(struct device *dev, struct unsynced *obj,
		  unsigned long addr);
void unsynced_begin(struct device *dev, struct unsynced *obj);

static struct sg_table *synced_table(struct synced *obj)
{
	return &obj->sgt;
}

int synced_open(struct device *dev, struct synced *obj, unsigned long addr)
{
	struct sg_table *sgt = synced_table(obj);

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, obj->pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, obj->pages, 4, 0, 4 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

void synced_begin(struct device *dev, struct synced *obj)
{
	dma_sync_sgtable_for_cpu(dev, &obj->sgt, DMA_BIDIRECTIONAL);
}

void synced_end(struct device *dev, struct synced *obj)
{
	dma_sync_sgtable_for_device(dev, &obj->sgt, DMA_BIDIRECTIONAL);
}

int unsynced_open(struct device *dev, struct unsynced *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, obj->pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&obj->sgt, obj->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
}

void unsynced_begin(struct device *dev, struct unsynced *obj)
{
	dma_sync_sgtable_for_cpu(dev, &obj->ring, DMA_BIDIRECTIONAL);
}

/*
 * check-name: handed over with dma_sync_sgtable_*() by other functions
 * check-command: dmacheck check --level note
 * check-output-start
 * sync-sgtable.c:38:9: note: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT, which is accepted: the driver hands it over with dma_sync_*() [missing-require-coherent]
 * sync-sgtable.c:33:6: note: pages come from pin_user_pages_fast() into struct synced.pages
 * sync-sgtable.c:35:6: note: sg_alloc_table_from_pages() puts struct synced.pages into 'sgt'
 * sync-sgtable.c:58:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-sgtable.c:53:6: note: pages come from pin_user_pages_fast() into struct unsynced.pages
 * sync-sgtable.c:55:6: note: sg_alloc_table_from_pages() puts struct unsynced.pages into struct unsynced.sgt
 * check-output-end
 */

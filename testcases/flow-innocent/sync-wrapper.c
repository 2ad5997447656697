// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct synced {
	struct page *pages[4];
	struct sg_table sgt;
};

struct unsynced {
	struct page *pages[4];
	struct sg_table sgt;
};

int synced_open(struct device *dev, struct synced *obj, unsigned long addr);
void synced_begin(struct device *dev, struct synced *obj);
int unsynced_open(struct device *dev, struct unsynced *obj,
		  unsigned long addr);

static int fill(struct sg_table *sgt, struct page **pages, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
					 GFP_KERNEL);
}

static void sync_list(struct device *dev, struct scatterlist *sg, int n)
{
	dma_sync_sg_for_cpu(dev, sg, n, DMA_BIDIRECTIONAL);
}

static void sync_table(struct device *dev, struct sg_table *sgt)
{
	sync_list(dev, sgt->sgl, sgt->orig_nents);
}

int synced_open(struct device *dev, struct synced *obj, unsigned long addr)
{
	int ret = fill(&obj->sgt, obj->pages, addr);

	if (ret)
		return ret;
	return dma_map_sgtable(dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
}

void synced_begin(struct device *dev, struct synced *obj)
{
	sync_table(dev, &obj->sgt);
}

int unsynced_open(struct device *dev, struct unsynced *obj, unsigned long addr)
{
	int ret = fill(&obj->sgt, obj->pages, addr);

	if (ret)
		return ret;
	return dma_map_sgtable(dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: handed over through wrappers of the driver's
 * check-output-start
 * sync-wrapper.c:58:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-wrapper.c:22:6: note: pages come from pin_user_pages_fast() into 'pages'
 * sync-wrapper.c:24:9: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * sync-wrapper.c:54:12: note: fill() fills struct unsynced.sgt
 * check-output-end
 */

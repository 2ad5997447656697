// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct synced {
	struct page *page;
	dma_addr_t dma;
};

struct unsynced {
	struct page *page;
	dma_addr_t dma;
	dma_addr_t ring_dma;
};

int synced_open(struct device *dev, struct synced *obj, unsigned long addr);
void synced_begin(struct device *dev, struct synced *obj);
int unsynced_open(struct device *dev, struct unsynced *obj,
		  unsigned long addr);
void unsynced_begin(struct device *dev, struct unsynced *obj);

int synced_open(struct device *dev, struct synced *obj, unsigned long addr)
{
	dma_addr_t dma;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	dma = dma_map_page(dev, obj->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, dma))
		return -EIO;
	obj->dma = dma;
	return 0;
}

void synced_begin(struct device *dev, struct synced *obj)
{
	dma_sync_single_for_cpu(dev, obj->dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

int unsynced_open(struct device *dev, struct unsynced *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	obj->dma = dma_map_page(dev, obj->page, 0, PAGE_SIZE,
				DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, obj->dma);
}

void unsynced_begin(struct device *dev, struct unsynced *obj)
{
	dma_sync_single_for_cpu(dev, obj->ring_dma, PAGE_SIZE,
				DMA_BIDIRECTIONAL);
}

/*
 * check-name: handed over by the address that the mapping gave
 * check-output-start
 * sync-single.c:44:13: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-single.c:42:6: note: pages come from pin_user_pages_fast() into struct unsynced.page
 * check-output-end
 */

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
};

int synced_open(struct device *dev, struct synced *obj, unsigned long addr);
void synced_begin(struct device *dev, struct synced *obj);
int unsynced_open(struct device *dev, struct unsynced *obj,
		  unsigned long addr);

/* Maps for both: who calls it answers for what becomes of the mapping. */
static dma_addr_t map(struct device *dev, struct page *page)
{
	return dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

int synced_open(struct device *dev, struct synced *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	obj->dma = map(dev, obj->page);
	return dma_mapping_error(dev, obj->dma);
}

void synced_begin(struct device *dev, struct synced *obj)
{
	dma_sync_single_for_cpu(dev, obj->dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

int unsynced_open(struct device *dev, struct unsynced *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	obj->dma = map(dev, obj->page);
	return dma_mapping_error(dev, obj->dma);
}

/*
 * check-name: one helper maps what is handed over and what is not
 * check-output-start
 * sync-helper.c:23:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT for unsynced_open() [missing-require-coherent]
 * sync-helper.c:41:6: note: pages come from pin_user_pages_fast() into struct unsynced.page
 * sync-helper.c:43:13: note: passed to map() as 'page'
 * check-output-end
 */

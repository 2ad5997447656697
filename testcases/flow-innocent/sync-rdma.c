// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mm.h>
#include <rdma/ib_verbs.h>

struct synced {
	struct page *page;
	u64 dma;
};

struct unsynced {
	struct page *page;
	u64 dma;
};

int synced_open(struct ib_device *dev, struct synced *obj, unsigned long addr);
void synced_begin(struct ib_device *dev, struct synced *obj);
int unsynced_open(struct ib_device *dev, struct unsynced *obj,
		  unsigned long addr);

int synced_open(struct ib_device *dev, struct synced *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	obj->dma = ib_dma_map_page(dev, obj->page, 0, PAGE_SIZE,
				   DMA_BIDIRECTIONAL);
	return 0;
}

void synced_begin(struct ib_device *dev, struct synced *obj)
{
	ib_dma_sync_single_for_cpu(dev, obj->dma, PAGE_SIZE,
				   DMA_BIDIRECTIONAL);
}

int unsynced_open(struct ib_device *dev, struct unsynced *obj,
		  unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	obj->dma = ib_dma_map_page(dev, obj->page, 0, PAGE_SIZE,
				   DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: mapped and handed over through RDMA's inline functions
 * check-output-start
 * sync-rdma.c:40:13: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-rdma.c:38:6: note: pages come from pin_user_pages_fast() into struct unsynced.page
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct synced {
	struct page *page;
	struct scatterlist sg;
};

struct unsynced {
	struct page *page;
	struct scatterlist sg;
};

int synced_open(struct device *dev, struct synced *obj, unsigned long addr);
void synced_begin(struct device *dev, struct synced *obj);
int unsynced_open(struct device *dev, struct unsynced *obj,
		  unsigned long addr);

int synced_open(struct device *dev, struct synced *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	sg_init_table(&obj->sg, 1);
	sg_set_page(&obj->sg, obj->page, PAGE_SIZE, 0);
	return dma_map_sg(dev, &obj->sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

void synced_begin(struct device *dev, struct synced *obj)
{
	dma_sync_single_for_cpu(dev, sg_dma_address(&obj->sg),
				sg_dma_len(&obj->sg), DMA_BIDIRECTIONAL);
}

int unsynced_open(struct device *dev, struct unsynced *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	sg_init_table(&obj->sg, 1);
	sg_set_page(&obj->sg, obj->page, PAGE_SIZE, 0);
	return dma_map_sg(dev, &obj->sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

/*
 * check-name: handed over by the address in an entry of a table
 * check-output-start
 * sync-address.c:41:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-address.c:37:6: note: pages come from pin_user_pages_fast() into struct unsynced.page
 * sync-address.c:40:2: note: sg_set_page() puts struct unsynced.page into struct unsynced.sg
 * check-output-end
 */

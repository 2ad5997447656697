// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct kept {
	struct page *page;
	struct scatterlist sg;
	dma_addr_t start;
};

struct sent {
	struct page *page;
	struct scatterlist sg;
	dma_addr_t start;
};

struct told {
	struct page *page;
	struct scatterlist sg;
	dma_addr_t start;
};

int kept_open(struct device *dev, struct kept *obj, unsigned long addr);
void kept_begin(struct device *dev, struct kept *obj, size_t offset, size_t n);
int sent_open(struct device *dev, struct sent *obj, unsigned long addr);
void sent_begin(struct device *dev, struct sent *obj, size_t n);
int told_open(struct device *dev, struct told *obj, unsigned long addr);

/* Synced by the address that is kept. */
static int kept_map(struct device *dev, struct kept *obj)
{
	return dma_map_sg(dev, &obj->sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

int kept_open(struct device *dev, struct kept *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	sg_init_table(&obj->sg, 1);
	sg_set_page(&obj->sg, obj->page, PAGE_SIZE, 0);
	if (kept_map(dev, obj))
		return -EIO;
	obj->start = sg_dma_address(&obj->sg);
	return 0;
}

void kept_begin(struct device *dev, struct kept *obj, size_t offset, size_t n)
{
	dma_addr_t at = obj->start + offset;

	dma_sync_single_for_cpu(dev, at, n, DMA_FROM_DEVICE);
}

/* What the device writes is not synced. */
int sent_open(struct device *dev, struct sent *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	sg_init_table(&obj->sg, 1);
	sg_set_page(&obj->sg, obj->page, PAGE_SIZE, 0);
	if (!dma_map_sg(dev, &obj->sg, 1, DMA_BIDIRECTIONAL))
		return -EIO;
	obj->start = sg_dma_address(&obj->sg);
	return 0;
}

void sent_begin(struct device *dev, struct sent *obj, size_t n)
{
	dma_sync_single_for_device(dev, obj->start, n, DMA_TO_DEVICE);
}

/* The address is kept and nobody syncs it. */
int told_open(struct device *dev, struct told *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	sg_init_table(&obj->sg, 1);
	sg_set_page(&obj->sg, obj->page, PAGE_SIZE, 0);
	if (!dma_map_sg(dev, &obj->sg, 1, DMA_BIDIRECTIONAL))
		return -EIO;
	obj->start = sg_dma_address(&obj->sg);
	return 0;
}
/*
 * check-name: handed over by the address of an entry, kept in a member
 * check-output-start
 * sync-address-kept.c:61:7: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-address-kept.c:57:6: note: pages come from pin_user_pages_fast() into struct sent.page
 * sync-address-kept.c:60:2: note: sg_set_page() puts struct sent.page into struct sent.sg
 * sync-address-kept.c:79:7: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-address-kept.c:75:6: note: pages come from pin_user_pages_fast() into struct told.page
 * sync-address-kept.c:78:2: note: sg_set_page() puts struct told.page into struct told.sg
 * check-output-end
 */

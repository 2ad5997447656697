// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define TAG_DIRTY	1UL

struct user_slot {
	unsigned long page;
	void *tagged;
};

struct kernel_slot {
	unsigned long page;
};

int user_put(struct user_slot *slot, unsigned long addr);
int user_map(struct device *dev, struct user_slot *slot, dma_addr_t *dma);
int kernel_map(struct device *dev, struct kernel_slot *slot, dma_addr_t *dma);

int user_put(struct user_slot *slot, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	slot->page = (unsigned long)page | TAG_DIRTY;
	slot->tagged = (void *)((uintptr_t)page | TAG_DIRTY);
	return 0;
}

int user_map(struct device *dev, struct user_slot *slot, dma_addr_t *dma)
{
	struct page *page = (struct page *)(slot->page & ~TAG_DIRTY);
	struct page *again = (void *)((unsigned long)slot->tagged & ~TAG_DIRTY);

	dma[0] = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	dma[1] = dma_map_page(dev, again, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int kernel_map(struct device *dev, struct kernel_slot *slot, dma_addr_t *dma)
{
	slot->page = (unsigned long)alloc_page(GFP_KERNEL) | TAG_DIRTY;
	*dma = dma_map_page(dev, (struct page *)(slot->page & ~TAG_DIRTY), 0,
			    PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: pages with a flag in the pointer
 * check-output-start
 * tagged-pointer.c:36:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * tagged-pointer.c:24:6: note: pages come from pin_user_pages_fast() into 'page'
 * tagged-pointer.c:26:8: note: kept in struct user_slot.page
 * tagged-pointer.c:33:22: note: read from struct user_slot.page
 * tagged-pointer.c:37:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * tagged-pointer.c:24:6: note: pages come from pin_user_pages_fast() into 'page'
 * tagged-pointer.c:27:8: note: kept in struct user_slot.tagged
 * tagged-pointer.c:34:23: note: read from struct user_slot.tagged
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* Directories hold pages of the driver, their entries pages of the process. */
struct level {
	struct page *page;
	dma_addr_t dma;
	struct level *below;
};

int level_grow(struct device *dev, struct level *level);
int level_enter(struct device *dev, struct level *level, int i,
		unsigned long addr);

int level_grow(struct device *dev, struct level *level)
{
	unsigned long addr = get_zeroed_page(GFP_KERNEL);

	if (!addr)
		return -ENOMEM;
	level->page = virt_to_page((void *)addr);
	level->dma = dma_map_page(dev, level->page, 0, PAGE_SIZE,
				  DMA_TO_DEVICE);
	return dma_mapping_error(dev, level->dma) ? -EIO : 0;
}

int level_enter(struct device *dev, struct level *level, int i,
		unsigned long addr)
{
	struct level *entry = &level->below[i];

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &entry->page) != 1)
		return -EFAULT;
	entry->dma = dma_map_page(dev, entry->page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, entry->dma))
		return -EIO;
	dma_sync_single_for_device(dev, level->dma, sizeof(u64), DMA_TO_DEVICE);
	return 0;
}
/*
 * check-name: entries of the driver's own are synced, those of the process not
 * check-output-start
 * two-levels.c:35:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * two-levels.c:33:6: note: pages come from pin_user_pages_fast() into struct level.page
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

/* What is unmapped behind the mapping is an older one of its kind. */
struct entry {
	struct entry *next;
	struct page *pages[4];
	struct sg_table sgt;
};

struct cache {
	struct device *dev;
	struct entry *first;
	int nr, max;
};

int cache_add(struct cache *cache, unsigned long addr);

static void cache_trim(struct cache *cache)
{
	while (cache->nr > cache->max) {
		struct entry *old = cache->first;

		cache->first = old->next;
		cache->nr--;
		dma_unmap_sgtable(cache->dev, &old->sgt, DMA_BIDIRECTIONAL, 0);
		sg_free_table(&old->sgt);
		unpin_user_pages(old->pages, 4);
		kfree(old);
	}
}

int cache_add(struct cache *cache, unsigned long addr)
{
	struct entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, entry->pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&entry->sgt, entry->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	if (dma_map_sgtable(cache->dev, &entry->sgt, DMA_BIDIRECTIONAL, 0))
		return -EIO;
	entry->next = cache->first;
	cache->first = entry;
	cache->nr++;
	cache_trim(cache);
	return 0;
}

/*
 * check-name: a mapping stays, older ones of its kind are undone
 * check-known-to-fail: another object of the same struct is taken for the one that was mapped
 * check-output-start
 * one-call-cache.c:46:6: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-cache.c:41:6: note: pages come from pin_user_pages_fast() into struct entry.pages
 * one-call-cache.c:43:6: note: sg_alloc_table_from_pages() puts struct entry.pages into struct entry.sgt
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct user_set {
	struct page **pages;
	struct sg_table sgt;
};

struct name_set {
	char *names;
	dma_addr_t dma;
};

int user_set_add(struct user_set *set, struct page **from, unsigned long addr);
int user_set_map(struct device *dev, struct user_set *set);
int name_set_add(struct name_set *set, const char *from);
int name_set_map(struct device *dev, struct name_set *set);

/* The array of the caller's is copied, the pages it names are the same. */
int user_set_add(struct user_set *set, struct page **from, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, from) != 4)
		return -EFAULT;
	set->pages = kcalloc(4, sizeof(*set->pages), GFP_KERNEL);
	if (!set->pages)
		return -ENOMEM;
	memcpy(set->pages, from, 4 * sizeof(*set->pages));
	return 0;
}

int user_set_map(struct device *dev, struct user_set *set)
{
	int ret = sg_alloc_table_from_pages(&set->sgt, set->pages, 4, 0,
					    4 * PAGE_SIZE, GFP_KERNEL);

	if (ret)
		return ret;
	return dma_map_sgtable(dev, &set->sgt, DMA_BIDIRECTIONAL, 0);
}

int name_set_add(struct name_set *set, const char *from)
{
	set->names = kmalloc(64, GFP_KERNEL);
	if (!set->names)
		return -ENOMEM;
	memcpy(set->names, from, 64);
	return 0;
}

int name_set_map(struct device *dev, struct name_set *set)
{
	set->dma = dma_map_single(dev, set->names, 64, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, set->dma);
}

/*
 * check-name: an array of pages is copied with memcpy()
 * check-output-start
 * array-copied.c:40:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * array-copied.c:24:6: note: pages come from pin_user_pages_fast() into 'from'
 * array-copied.c:29:2: note: memcpy() puts 'from' into struct user_set.pages
 * array-copied.c:35:12: note: sg_alloc_table_from_pages() puts struct user_set.pages into struct user_set.sgt
 * check-output-end
 */

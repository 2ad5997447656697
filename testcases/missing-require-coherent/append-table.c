// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct region {
	struct sg_append_table table;
	unsigned long attrs;
};

struct region *region_create(struct device *dev, unsigned long addr, int n);
struct region *region_create_coherent(struct device *dev, unsigned long addr,
				      int n);

static int region_add(struct region *region, unsigned long addr, int n)
{
	struct page **list = (struct page **)__get_free_page(GFP_KERNEL);
	int pinned, ret;

	if (!list)
		return -ENOMEM;
	while (n) {
		pinned = pin_user_pages_fast(addr, n, FOLL_LONGTERM, list);
		if (pinned < 0) {
			ret = pinned;
			break;
		}
		addr += pinned * PAGE_SIZE;
		n -= pinned;
		ret = sg_alloc_append_table_from_pages(&region->table, list,
						       pinned, 0,
						       pinned << PAGE_SHIFT,
						       UINT_MAX, n, GFP_KERNEL);
		if (ret)
			break;
	}
	free_page((unsigned long)list);
	return ret;
}

struct region *region_create(struct device *dev, unsigned long addr, int n)
{
	struct region *region = kzalloc(sizeof(*region), GFP_KERNEL);

	if (!region)
		return NULL;
	if (region_add(region, addr, n) ||
	    dma_map_sgtable(dev, &region->table.sgt, DMA_BIDIRECTIONAL, 0)) {
		kfree(region);
		return NULL;
	}
	return region;
}

struct region *region_create_coherent(struct device *dev, unsigned long addr,
				      int n)
{
	struct region *region = kzalloc(sizeof(*region), GFP_KERNEL);

	if (!region)
		return NULL;
	if (region_add(region, addr, n) ||
	    dma_map_sgtable(dev, &region->table.sgt, DMA_BIDIRECTIONAL,
			    DMA_ATTR_REQUIRE_COHERENT)) {
		kfree(region);
		return NULL;
	}
	return region;
}

/*
 * check-name: pages appended to a table that an object keeps
 * check-output-start
 * append-table.c:48:6: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * append-table.c:23:12: note: pages come from pin_user_pages_fast() into 'list'
 * append-table.c:30:9: note: sg_alloc_append_table_from_pages() puts 'list' into struct region.table
 * check-output-end
 */

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct region {
	unsigned long size;
};

struct user_region {
	struct page *pages[8];
	struct region base;
	struct sg_table sgt;
};

struct kernel_region {
	struct page *pages[8];
	struct region base;
	struct sg_table sgt;
};

#define to_user(region)		container_of(region, struct user_region, base)
#define to_kernel(region)	container_of(region, struct kernel_region, base)

int user_region_pin(struct region *region, unsigned long addr);
int user_region_map(struct device *dev, struct region *region);
int kernel_region_alloc(struct region *region);
int kernel_region_map(struct device *dev, struct region *region);

int user_region_pin(struct region *region, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM,
				to_user(region)->pages) != 8)
		return -EFAULT;
	return 0;
}

int user_region_map(struct device *dev, struct region *region)
{
	struct user_region *user = to_user(region);
	int ret;

	ret = sg_alloc_table_from_pages(&user->sgt, user->pages, 8, 0,
					region->size, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, &user->sgt, DMA_BIDIRECTIONAL, 0);
}

int kernel_region_alloc(struct region *region)
{
	struct kernel_region *kernel = to_kernel(region);
	int i;

	for (i = 0; i < 8; i++) {
		kernel->pages[i] = alloc_page(GFP_KERNEL);
		if (!kernel->pages[i])
			return -ENOMEM;
	}
	return 0;
}

int kernel_region_map(struct device *dev, struct region *region)
{
	struct kernel_region *kernel = to_kernel(region);
	int ret;

	ret = sg_alloc_table_from_pages(&kernel->sgt, kernel->pages, 8, 0,
					region->size, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, &kernel->sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: container_of() leads to the structs around
 * check-output-start
 * container-of.c:46:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * container-of.c:31:6: note: pages come from pin_user_pages_fast() into struct user_region.pages
 * container-of.c:42:8: note: sg_alloc_table_from_pages() puts struct user_region.pages into struct user_region.sgt
 * check-output-end
 */

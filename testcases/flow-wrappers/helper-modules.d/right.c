// SPDX-License-Identifier: GPL-2.0-only
/* module: right */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "helper.h"

struct right {
	struct page *pages[4];
	struct sg_table sgt;
};

int right_fill(struct right *obj, unsigned long addr);
int right_open(struct device *dev, struct right *obj);

int right_fill(struct right *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, obj->pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(&obj->sgt, obj->pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int right_open(struct device *dev, struct right *obj)
{
	return helper_map(dev, &obj->sgt, DMA_ATTR_REQUIRE_COHERENT);
}

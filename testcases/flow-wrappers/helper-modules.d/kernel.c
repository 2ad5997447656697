// SPDX-License-Identifier: GPL-2.0-only
/* module: kernel */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "helper.h"

struct kernel {
	struct page *pages[4];
	struct sg_table sgt;
};

int kernel_fill(struct kernel *obj, unsigned long addr);
int kernel_open(struct device *dev, struct kernel *obj);

int kernel_fill(struct kernel *obj, unsigned long addr)
{
	for (int i = 0; i < 4; i++)
		obj->pages[i] = alloc_page(GFP_KERNEL);
	return sg_alloc_table_from_pages(&obj->sgt, obj->pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int kernel_open(struct device *dev, struct kernel *obj)
{
	return helper_map(dev, &obj->sgt, 0);
}

// SPDX-License-Identifier: GPL-2.0-only
/* module: wrong */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "helper.h"

struct wrong {
	struct page *pages[4];
	struct sg_table sgt;
};

int wrong_fill(struct wrong *obj, unsigned long addr);
int wrong_open(struct device *dev, struct wrong *obj);

int wrong_fill(struct wrong *obj, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, obj->pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(&obj->sgt, obj->pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int wrong_open(struct device *dev, struct wrong *obj)
{
	return helper_map(dev, &obj->sgt, 0);
}

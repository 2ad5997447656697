// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "demo.h"

static int userptr_get_pages(struct object *obj)
{
	struct page *pages[4];
	struct sg_table *sgt = kmalloc(sizeof(*sgt), GFP_KERNEL);

	if (!sgt)
		return -ENOMEM;
	if (pin_user_pages_fast(obj->addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	obj->pages = sgt;
	return 0;
}

const struct object_ops userptr_ops = {
	.get_pages = userptr_get_pages,
};

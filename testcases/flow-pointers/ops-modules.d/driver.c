// SPDX-License-Identifier: GPL-2.0-only
/* module: driver */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "core.h"

struct driver_object {
	struct core_object base;
	unsigned long addr;
	struct page *pages[4];
	struct sg_table sgt;
};

int driver_create(struct driver_object *obj, unsigned long addr);

static struct sg_table *driver_get_table(struct core_object *core)
{
	struct driver_object *obj = container_of(core, struct driver_object,
						 base);

	if (pin_user_pages_fast(obj->addr, 4, FOLL_LONGTERM, obj->pages) != 4)
		return ERR_PTR(-EFAULT);
	if (sg_alloc_table_from_pages(&obj->sgt, obj->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return ERR_PTR(-ENOMEM);
	return &obj->sgt;
}

static const struct core_ops driver_ops = {
	.get_table = driver_get_table,
};

int driver_create(struct driver_object *obj, unsigned long addr)
{
	obj->addr = addr;
	obj->base.ops = &driver_ops;
	return core_map(&obj->base);
}

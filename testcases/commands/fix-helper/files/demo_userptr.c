// SPDX-License-Identifier: GPL-2.0-only
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "demo.h"

static int demo_userptr_get_pages(struct demo_object *obj)
{
	struct sg_table *pages = kzalloc(sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(obj->addr, obj->npages,
				  FOLL_WRITE | FOLL_LONGTERM, obj->pvec);
	if (ret < 0)
		return ret;
	ret = sg_alloc_table_from_pages(pages, obj->pvec, obj->npages, 0,
					obj->base.size, GFP_KERNEL);
	if (ret)
		return ret;
	ret = demo_prepare_pages(obj, pages);
	if (ret)
		return ret;

	demo_set_pages(obj, pages);
	return 0;
}

static void demo_userptr_put_pages(struct demo_object *obj,
				   struct sg_table *pages)
{
	demo_finish_pages(obj, pages);
	unpin_user_pages(obj->pvec, obj->npages);
	sg_free_table(pages);
}

const struct demo_object_ops demo_userptr_ops = {
	.get_pages = demo_userptr_get_pages,
	.put_pages = demo_userptr_put_pages,
};

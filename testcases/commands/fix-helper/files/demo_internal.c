// SPDX-License-Identifier: GPL-2.0-only
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "demo.h"

static int demo_internal_get_pages(struct demo_object *obj)
{
	struct sg_table *pages = kzalloc(sizeof(*pages), GFP_KERNEL);
	struct page *page = alloc_page(GFP_KERNEL);

	if (!pages || !page)
		return -ENOMEM;
	sg_init_table(pages->sgl, 1);
	sg_set_page(pages->sgl, page, PAGE_SIZE, 0);
	if (demo_prepare_pages(obj, pages))
		return -EIO;

	demo_set_pages(obj, pages);
	return 0;
}

static void demo_internal_put_pages(struct demo_object *obj,
				    struct sg_table *pages)
{
	demo_finish_pages(obj, pages);
	sg_free_table(pages);
}

const struct demo_object_ops demo_internal_ops = {
	.get_pages = demo_internal_get_pages,
	.put_pages = demo_internal_put_pages,
};

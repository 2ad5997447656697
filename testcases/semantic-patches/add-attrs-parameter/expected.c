// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include "demo.h"

static void demo_finish_pages(struct demo_object *obj,
			      struct sg_table *pages);
extern int __must_check demo_prepare_pages(struct demo_object *obj,
					   struct sg_table *pages,
					   unsigned long attrs);
int demo_prepare(struct demo_object *obj, struct sg_table *pages);

int demo_prepare_pages(struct demo_object *obj, struct sg_table *pages,
		       unsigned long attrs)
{
	if (dma_map_sgtable(obj->dev, pages, DMA_BIDIRECTIONAL,
			    DMA_ATTR_NO_WARN))
		return -EIO;
	return demo_prepare(obj, pages);
}
EXPORT_SYMBOL_GPL(demo_prepare_pages);

static int demo_get_kernel(struct demo_object *obj)
{
	struct sg_table *pages = demo_alloc(obj);
	int ret;

	/* memory of our own */
	ret = demo_prepare_pages(obj, pages, 0); /* for good */
	if (ret && obj->retry)
		ret = demo_prepare_pages(obj /* again */,
					 demo_alloc_other_pages(obj), 0);
	return ret;
}

static int demo_get_userptr(struct demo_object *obj)
{
	struct sg_table *pages = demo_pin(obj);

	if (demo_prepare_pages(obj, pages, DMA_ATTR_REQUIRE_COHERENT)) {
		demo_unpin(obj, pages);
		return -EIO;
	}
	return demo_prepare(obj, pages);
}

static const struct demo_ops demo_ops = {
	.get_userptr = demo_get_userptr,
	.get_kernel = demo_get_kernel,
	.prepare = demo_prepare,
};

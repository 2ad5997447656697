// SPDX-License-Identifier: GPL-2.0-only
#include "demo.h"

static int demo_get_userptr(struct demo_object *obj, bool again)
{
	struct sg_table *pages = demo_pin(obj);
	int ret;

	do {
		ret = demo_prepare_pages(obj, pages);
	} while (ret == -EAGAIN && again);
	if (ret < 0 && demo_prepare_pages(obj, pages))
		return ret;
	return demo_prepare(obj, pages);
}

static int demo_get_other(struct demo_object *obj)
{
	return demo_prepare_pages(obj, demo_alloc(obj));
}

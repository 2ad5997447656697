// SPDX-License-Identifier: GPL-2.0-only
#include "demo.h"

static int demo_get_userptr(struct demo_object *obj, unsigned long more)
{
	int ret;

	ret = demo_map(obj, 0);
	if (!ret)
		ret = demo_map(obj->parent, DMA_ATTR_NO_WARN);
	if (!ret)
		ret = demo_map(obj->child, more ? more : 0);
	if (!ret)
		ret = demo_map(obj->other, DMA_ATTR_REQUIRE_COHERENT);
	if (!ret)
		ret = demo_map_other(obj, 0);
	return ret;
}

static int demo_get_other(struct demo_object *obj)
{
	return demo_map(obj, 0);
}

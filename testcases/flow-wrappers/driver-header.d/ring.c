// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_ring(struct demo *demo)
{
	struct page *page = alloc_page(GFP_KERNEL);

	return page ? demo_map_attrs(demo, 1, page, 0) : -ENOMEM;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>
#include "demo.h"

int demo_ring_get(struct demo_buffer *b, struct page *page)
{
	struct sg_table *sgt = kzalloc(sizeof(*sgt), GFP_KERNEL);

	sg_set_page(sgt->sgl, page, PAGE_SIZE, 0);
	if (demo_map(b, sgt))
		return -EIO;
	b->sgt = sgt;
	return 0;
}

void demo_ring_put(struct demo_buffer *b)
{
	demo_unmap(b, b->sgt);
}

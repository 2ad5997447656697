// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>
#include "demo.h"

int demo_user_get(struct demo_buffer *b, unsigned long addr)
{
	struct sg_table *sgt = kzalloc(sizeof(*sgt), GFP_KERNEL);

	if (pin_user_pages_fast(addr, 16, FOLL_WRITE | FOLL_LONGTERM,
				b->pages) != 16)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, b->pages, 16, 0, 16 * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	if (demo_map(b, sgt))
		return -EIO;
	b->sgt = sgt;
	return 0;
}

void demo_user_put(struct demo_buffer *b)
{
	demo_unmap(b, b->sgt);
	unpin_user_pages(b->pages, 16);
}

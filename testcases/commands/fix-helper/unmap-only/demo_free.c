// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>
#include "demo.h"

void demo_user_put(struct demo_buffer *b)
{
	demo_unmap(b, b->sgt);
	unpin_user_pages(b->pages, 16);
}

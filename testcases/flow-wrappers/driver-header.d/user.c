// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_user(struct demo *demo, unsigned long addr)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	ret = demo_map_attrs(demo, 2, page, DMA_ATTR_REQUIRE_COHERENT);
	if (ret)
		return ret;
	return demo_map(demo, 3, page);
}

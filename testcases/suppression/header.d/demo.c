// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_inline(struct demo *demo, unsigned long start);
int demo_macro(struct demo *demo, unsigned long start);

int demo_inline(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/* dmacheck: missing-require-coherent: the finding stands in the header */
	return demo_map(demo);
}

int demo_macro(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/* dmacheck: missing-require-coherent: never bounces */
	demo->addr = DEMO_MAP(demo);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "demo.h"

int demo_pin(struct demo *demo, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &demo->page) != 1)
		return -EFAULT;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/* module: user */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "core.h"

int user_open(struct core_buf *buf, unsigned long addr);

int user_open(struct core_buf *buf, unsigned long addr)
{
	int ret;

	buf->nr = pin_user_pages_fast(addr, 4, FOLL_LONGTERM, buf->pages);
	if (buf->nr <= 0)
		return -EFAULT;
	ret = core_add(buf);
	return ret ? ret : core_map(buf);
}

// SPDX-License-Identifier: GPL-2.0-only
/* module: demo-user */
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct buffer {
	struct page *page;
};

int user_buffer_pin(struct buffer *buf, unsigned long addr);

int user_buffer_pin(struct buffer *buf, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &buf->page) != 1)
		return -EFAULT;
	return 0;
}

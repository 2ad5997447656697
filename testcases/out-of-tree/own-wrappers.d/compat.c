// SPDX-License-Identifier: GPL-2.0-only
/* module: acme */
#include "compat.h"

#include <linux/slab.h>

static long gup(unsigned long start, unsigned long nr, unsigned int flags,
		struct page **list)
{
	return pin_user_pages_fast(start, nr, flags | FOLL_LONGTERM, list);
}

int acme_pin_user_pages(struct acme_pages *pages, u64 addr, size_t len)
{
	int nr = DIV_ROUND_UP(len, PAGE_SIZE), done = 0;

	pages->list = kvmalloc_array(nr, sizeof(*pages->list), GFP_KERNEL);
	if (!pages->list)
		return -ENOMEM;
	while (done < nr) {
		long got = gup(addr + done * PAGE_SIZE, nr - done, FOLL_WRITE,
			       pages->list + done);

		if (got <= 0) {
			unpin_user_pages(pages->list, done);
			kvfree(pages->list);
			return got ? got : -EFAULT;
		}
		done += got;
	}
	pages->nr = nr;
	return 0;
}

int acme_pages_to_sgt(struct acme_pages *pages)
{
	pages->sgt = kzalloc(sizeof(*pages->sgt), GFP_KERNEL);
	if (!pages->sgt)
		return -ENOMEM;
	return sg_alloc_table_from_pages(pages->sgt, pages->list, pages->nr, 0,
					 pages->nr * PAGE_SIZE, GFP_KERNEL);
}

// SPDX-License-Identifier: GPL-2.0-only
/* The memory of a frame: that of the program. */
#include <linux/slab.h>
#include "uframe.h"

int uframe_pin(struct uframe_frame *frame, unsigned long addr, int nr_pages)
{
	struct page **pages;
	int pinned;

	pages = kvmalloc_array(nr_pages, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(addr, nr_pages,
				     FOLL_WRITE | FOLL_LONGTERM, pages);
	if (pinned == nr_pages) {
		frame->pages = pages;
		frame->nr_pages = nr_pages;
		return 0;
	}
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	kvfree(pages);
	return pinned < 0 ? pinned : -EFAULT;
}

void uframe_unpin(struct uframe_frame *frame)
{
	unpin_user_pages_dirty_lock(frame->pages, frame->nr_pages, true);
	kvfree(frame->pages);
}

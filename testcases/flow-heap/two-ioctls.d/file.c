// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "demo.h"

#define DEMO_ALLOC_RING		1
#define DEMO_REGISTER		2
#define DEMO_START		3

extern const struct file_operations demo_fops;

int demo_register(struct demo_file *demo, unsigned long addr)
{
	struct page **pages = kcalloc(8, sizeof(*pages), GFP_KERNEL);
	int n;

	if (!pages)
		return -ENOMEM;
	n = pin_user_pages_fast(addr, 8, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (n <= 0) {
		kfree(pages);
		return n ? n : -EFAULT;
	}
	demo->pages = pages;
	demo->nr = n;
	return 0;
}

static long demo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct demo_file *demo = file->private_data;

	switch (cmd) {
	case DEMO_ALLOC_RING:
		return demo_alloc_ring(demo);
	case DEMO_REGISTER:
		return demo_register(demo, arg);
	case DEMO_START:
		return demo_start(demo);
	default:
		return -ENOTTY;
	}
}

const struct file_operations demo_fops = {
	.unlocked_ioctl = demo_ioctl,
};

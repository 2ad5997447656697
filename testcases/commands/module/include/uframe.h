/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef UFRAME_H
#define UFRAME_H

#include <linux/device.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>

/* A frame that a program gave to the device. */
struct uframe_frame {
	struct page **pages;
	int nr_pages;
	struct sg_table sgt;
};

/* How a frame gets to the device. */
struct uframe_ops {
	int (*start)(struct device *dev, struct uframe_frame *frame);
	void (*stop)(struct device *dev, struct uframe_frame *frame);
};

extern const struct uframe_ops uframe_stream_ops;

int uframe_pin(struct uframe_frame *frame, unsigned long addr, int nr_pages);
void uframe_unpin(struct uframe_frame *frame);

#endif

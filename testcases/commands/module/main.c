// SPDX-License-Identifier: GPL-2.0-only
/* A module that is built outside of the kernel tree. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "uframe.h"

#define UFRAME_START	1
#define UFRAME_STOP	2

struct uframe_device {
	struct device *dev;
	const struct uframe_ops *ops;
	struct uframe_frame *frame;
};

static long uframe_start(struct uframe_device *u, unsigned long addr)
{
	struct uframe_frame *frame;
	int ret;

	frame = kzalloc(sizeof(*frame), GFP_KERNEL);
	if (!frame)
		return -ENOMEM;
	ret = uframe_pin(frame, addr, 16);
	if (ret)
		goto err_free;
	ret = u->ops->start(u->dev, frame);
	if (ret)
		goto err_unpin;
	u->frame = frame;
	return 0;
err_unpin:
	uframe_unpin(frame);
err_free:
	kfree(frame);
	return ret;
}

static void uframe_stop(struct uframe_device *u)
{
	u->ops->stop(u->dev, u->frame);
	uframe_unpin(u->frame);
	kfree(u->frame);
}

static long uframe_ioctl(struct file *file, unsigned int cmd,
			 unsigned long addr)
{
	struct uframe_device *u = file->private_data;

	if (cmd == UFRAME_START)
		return uframe_start(u, addr);
	if (cmd == UFRAME_STOP)
		uframe_stop(u);
	return 0;
}

static const struct file_operations uframe_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = uframe_ioctl,
};

const struct file_operations *uframe_open(struct file *file,
					  struct device *dev);

const struct file_operations *uframe_open(struct file *file,
					  struct device *dev)
{
	struct uframe_device *u = kzalloc(sizeof(*u), GFP_KERNEL);

	if (!u)
		return ERR_PTR(-ENOMEM);
	u->dev = dev;
	u->ops = &uframe_stream_ops;
	file->private_data = u;
	return &uframe_fops;
}

MODULE_DESCRIPTION("Frames for a device");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0-only
#include <drm/drm_gem.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/uaccess.h>
#include "demo.h"

struct demo_userptr_args {
	__u64 addr;
	__u64 size;
};

static long demo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct drm_device *drm = file->private_data;
	struct demo_userptr_args args;
	struct drm_gem_object *obj;

	if (copy_from_user(&args, u64_to_user_ptr(arg), sizeof(args)))
		return -EFAULT;
	obj = demo_userptr_create(drm, args.addr, args.size);
	if (IS_ERR(obj))
		return PTR_ERR(obj);
	return 0;
}

const struct file_operations demo_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = demo_ioctl,
};
EXPORT_SYMBOL_GPL(demo_fops);

MODULE_DESCRIPTION("GPU that does not exist");
MODULE_LICENSE("GPL");

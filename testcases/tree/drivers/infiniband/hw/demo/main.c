// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include <rdma/ib_verbs.h>
#include "demo.h"

static const struct ib_device_ops demo_ops = {
	.reg_user_mr = demo_reg_user_mr,
	.dereg_mr = demo_dereg_mr,
};

const struct ib_device_ops *demo_get_ops(void);

const struct ib_device_ops *demo_get_ops(void)
{
	return &demo_ops;
}
EXPORT_SYMBOL_GPL(demo_get_ops);

MODULE_DESCRIPTION("RDMA device that does not exist");
MODULE_LICENSE("GPL");

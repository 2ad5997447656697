/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/bug.h>
#include <linux/types.h>

struct device {
	struct device *parent;
	void *driver_data;
	u64 *dma_mask;
};

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

__printf(2, 3) void _dev_err(const struct device *dev, const char *fmt, ...);
#define dev_err(dev, fmt, ...)	_dev_err(dev, fmt, ##__VA_ARGS__)
#define dev_WARN_ONCE(dev, condition, fmt, ...)	WARN_ON(condition)

#endif

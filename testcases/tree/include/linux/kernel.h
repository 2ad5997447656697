/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/types.h>

#define UINT_MAX	(~0U)

#define offsetof(type, member)	__builtin_offsetof(type, member)
#define container_of(ptr, type, member) ({				\
	void *__mptr = (void *)(ptr);					\
	((type *)(__mptr - offsetof(type, member))); })

#define ARRAY_SIZE(arr)		(sizeof(arr) / sizeof((arr)[0]))
#define ALIGN_DOWN(x, a)	((x) & ~((typeof(x))(a) - 1))
#define ALIGN(x, a)		ALIGN_DOWN((x) + (a) - 1, a)
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))

#define __cmp_once(op, x, y) ({						\
	typeof(x) __x = (x);						\
	typeof(y) __y = (y);						\
	__x op __y ? __x : __y; })
#define min(x, y)		__cmp_once(<, x, y)
#define max(x, y)		__cmp_once(>, x, y)
#define min_t(type, x, y)	__cmp_once(<, (type)(x), (type)(y))
#define max_t(type, x, y)	__cmp_once(>, (type)(x), (type)(y))

__printf(1, 2) int _printk(const char *fmt, ...);
#define pr_err(fmt, ...)	_printk(fmt, ##__VA_ARGS__)

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *s, int c, size_t size);

#endif

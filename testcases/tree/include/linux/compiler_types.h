/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

/* As sparse sees it. */
#ifdef __CHECKER__
#define __user			__attribute__((noderef, address_space(__user)))
#define __iomem			__attribute__((noderef, address_space(__iomem)))
#define __force			__attribute__((force))
#define __bitwise		__attribute__((bitwise))
#else
#define __user
#define __iomem
#define __force
#define __bitwise
#endif
#define __init			__attribute__((__section__(".init.text")))
#define __exit			__attribute__((__section__(".exit.text")))
#define __must_check		__attribute__((__warn_unused_result__))
#define __packed		__attribute__((__packed__))
#define __always_inline		inline __attribute__((__always_inline__))
#define __printf(a, b)		__attribute__((__format__(printf, a, b)))
#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define READ_ONCE(x)		(*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, val)	(*(volatile typeof(x) *)&(x) = (val))
#define __stringify_1(x...)	#x
#define __stringify(x...)	__stringify_1(x)

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/compiler_types.h>
#include <linux/types.h>

unsigned long copy_from_user(void *to, const void __user *from,
			     unsigned long n);
unsigned long copy_to_user(void __user *to, const void *from,
			   unsigned long n);
#define u64_to_user_ptr(x)	((void __user *)(uintptr_t)(x))

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef USER_MEMORY_H
#define USER_MEMORY_H
/* What edu/user-memory.c and init.c say to each other through /dev/edu. */
#include <linux/ioctl.h>

#define EDU_LOOK_SIZE	32

#define EDU_SHARE _IO('e', 1)	/* arg: a page that the device may use from now on */
#define EDU_LOOK _IO('e', 2)	/* arg: where the bytes go that the device sees in it */

#endif

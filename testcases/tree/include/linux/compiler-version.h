/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_COMPILER_VERSION_H_
#define __LINUX_COMPILER_VERSION_H_

/* Every file includes this first, by -include; nothing to say here. */

#endif

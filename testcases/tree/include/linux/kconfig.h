/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_KCONFIG_H
#define __LINUX_KCONFIG_H

/* The configuration that `make prepare` made from allmodconfig. */
#include <generated/autoconf.h>

#endif

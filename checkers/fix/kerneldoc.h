/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_KERNELDOC_H
#define FIX_KERNELDOC_H
#include "lib/compat.h"
/*
 * Describe the parameter `name` of `function` in the C file at `path`: in each
 * kernel-doc comment of that function which describes other parameters, behind
 * these. 0, or -1 after an error().
 */
int kerneldoc_add(const char *path, const char *function, const char *name,
		  const char *description);

#endif

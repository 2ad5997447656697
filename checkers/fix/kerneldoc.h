/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_KERNELDOC_H
#define FIX_KERNELDOC_H
#include "lib/compat.h"
/*
 * Describe the parameter `name` of `function` in each kernel-doc comment of
 * the C file at `path` that is about that function and describes parameters,
 * but not this one: behind the others. 0, or -1 after an error().
 */
int kerneldoc_add(const char *path, const char *function, const char *name,
		  const char *description);

#endif

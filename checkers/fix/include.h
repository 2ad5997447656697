/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_INCLUDE_H
#define FIX_INCLUDE_H
#include "lib/compat.h"

/*
 * The line of the C file at `path` before which `#include <header>` belongs, in
 * alphabetical order among the headers of its folder; 0 if it is included
 * already, or if the file has no includes.
 */
unsigned int include_line(const char *path, const char *header);

/* Add it there. 0, also if there is nothing to do; or -1 after an error(). */
int include_add(const char *path, const char *header);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_LAYOUT_H
#define FIX_LAYOUT_H
#include "lib/compat.h"
#include "fix/workspace.h"
/*
 * The kernel's layout (Documentation/process/coding-style.rst): tabs of
 * eight columns, eighty columns a line, what is broken is aligned with the
 * open parenthesis.
 */

/*
 * The line on which the call ends that begins at `line` and `column` (from 1)
 * of the C file at `path`; `line` itself where that cannot be told.
 */
unsigned int layout_call_end(const char *path, unsigned int line,
			     unsigned int column);

/*
 * The lines of the head of a function whose name is at `line` and `column`:
 * from the kernel-doc comment before it, if there is one, to the end of its
 * parameters.
 */
struct ws_range layout_head(const char *path, unsigned int line,
			    unsigned int column);

/*
 * The first and the last line of the function around `line`, by its braces at
 * the start of a line; false where there are none.
 */
bool layout_function(const char *path, unsigned int line, unsigned int *from,
		     unsigned int *to);

/*
 * Mend the lines of `path` that are not in `before`, another state of the same
 * file: tabs for spaces at their start, broken where they are longer than
 * eighty columns. 0, or -1 after an error().
 */
int layout_mend(const char *path, const char *before);

#endif

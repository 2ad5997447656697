/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_LAYOUT_H
#define FIX_LAYOUT_H
#include "lib/compat.h"
#include "fix/workspace.h"
/*
 * The kernel's layout (Documentation/process/coding-style.rst): tabs of eight
 * columns, eighty columns a line, broken lines aligned with the open
 * parenthesis.
 */

/*
 * The last line of the call that begins at `line` and `column` (from 1) in the
 * C file at `path`; `line` itself if it is not found.
 */
unsigned int layout_call_end(const char *path, unsigned int line,
			     unsigned int column);

/*
 * The lines of the function head with the name at `line` and `column`: from the
 * kernel-doc comment before it, if there is one, to the end of the parameters.
 */
struct ws_range layout_head(const char *path, unsigned int line,
			    unsigned int column);

/*
 * The first and the last line of the function around `line`, by its braces in
 * the first column; false if there are none.
 */
bool layout_function(const char *path, unsigned int line, unsigned int *from,
		     unsigned int *to);

/*
 * Mend the lines of `path` that are not in `before`, an earlier state of the
 * same file: indent them with tabs, and break them where they are longer than
 * eighty columns. 0, or -1 after an error().
 */
int layout_mend(const char *path, const char *before);

#endif

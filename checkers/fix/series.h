/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_SERIES_H
#define FIX_SERIES_H
#include "lib/compat.h"
#include "fix/fix.h"
/*
 * A fix as a series of patches to be mailed, each of one module, as
 * `git format-patch --cover-letter` writes them.
 */
struct series_options {
	const char *folder;
	const struct tree *tree;
	const struct fix *fix;
	const char *conf;	/* the file with what fix_allow() has added; NULL: none */
	bool sign_off;		/* by git's user */
	bool maintainers;	/* To: and Cc:; runs a program of the tree */
	/* What was renamed, "OLD to NEW", where no finding led to a change. */
	const char *renamed;
};

/*
 * Whether the series can be written: the folder does not exist, or is empty, git
 * is there, and knows who signs off. 0, or -1 after an error(). For a check
 * before the analysis, which takes long.
 */
int series_writable(const struct series_options *opt);

/*
 * Write them, then print their names on stdout. Where there is nothing to
 * write there is no folder. 0; or -1 after an error(), and then the folder is
 * as it was.
 */
int series_write(const struct series_options *opt);

#endif

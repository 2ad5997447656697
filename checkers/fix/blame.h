/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_BLAME_H
#define FIX_BLAME_H
#include "lib/compat.h"
#include "lib/strvec.h"
/*
 * Which commit introduced what a patch fixes, as `git blame` of the line says.
 */
struct location;
struct tree;

/*
 * Add `Fixes: 0123456789ab ("subject")` to `lines`, unless it is there. Adds
 * nothing if git does not know: the tree is not the top of a repository, the
 * line is not committed, or it came with the first commit, which is an import
 * of a tree (but for that of Linux 2.6.12-rc2, where the kernel's history
 * begins).
 */
void blame_add(struct strvec *lines, const struct tree *tree,
	       const struct location *loc);

#endif

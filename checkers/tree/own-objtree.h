/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_OWN_OBJTREE_H
#define TREE_OWN_OBJTREE_H
#include "lib/compat.h"
#include "tree/commands.h"
/*
 * The output tree of dmacheck's own for a source tree and an architecture, in
 *
 *	CACHE/objtree/NAME-ARCH-HASH/	NAME and HASH are of the tree's path
 *		out/		the output tree (make O=)
 *		made		what it was made from; without it, out/ is no good
 *		commands	what make was asked since, and what it said
 *		lock		held while any of these changes
 *
 * It is made anew when the tree's version, its Kconfig files, the heart of
 * its kbuild or clang changed. A driver's Makefile only makes the commands of
 * that folder be asked for again.
 */
struct own_objtree;

/*
 * Find it or make it. NULL after an error(). `tree` must live as long as it
 * does; opt->files are not looked at yet.
 */
struct own_objtree *own_objtree_open(const struct tree *tree,
				     const struct commands_options *opt);

/* The output tree's path. */
const char *own_objtree_path(const struct own_objtree *own);

/*
 * See to it that the commands of opt->files are in `commands`, asking make
 * for what is not known yet. 0, or -1 after an error().
 */
int own_objtree_load(struct own_objtree *own, struct commands *commands,
		     const struct commands_options *opt);

/* Forget it; what is in the cache stays. NULL is fine. */
void own_objtree_close(struct own_objtree *own);

#endif

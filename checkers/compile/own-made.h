/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_OWN_MADE_H
#define COMPILE_OWN_MADE_H
#include "tree/tree.h"
/*
 * The record of what an output tree was made from: the version of the tree, clang, and
 * stamps of its Kconfig files and of the core of its kbuild.
 */
struct own_made {
	const struct tree *tree;
	const char *out;	/* the output tree */
	const char *path;	/* of the record */
	bool others;		/* `out` is not made by dmacheck: stamp its .config */
};

/* Write the record. 0, or -1 after an error(). */
int own_made_write(const struct own_made *made);

/*
 * NULL if the output tree can be used, else the reason. With `settled` it can if only
 * stamped files have changed; a note() says so.
 */
const char *own_made_why_not(const struct own_made *made, bool settled);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_OWN_OBJTREE_H
#define COMPILE_OWN_OBJTREE_H
#include "lib/compat.h"
#include "compile/compile-db.h"
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
 * Find it or make it. NULL after an error(); with opt->no_make NULL, and
 * nothing is said, where there is none that is up to date. `tree` must live as
 * long as it does; opt->files are not looked at yet. `out` is an output tree
 * that somebody else has made (or the tree itself, configured in place) to be
 * asked instead, about a module; only what make said is kept then. `module_only`:
 * the commands of the tree's own files are not wanted.
 */
struct own_objtree *own_objtree_open(const struct tree *tree,
				     const struct compile_db_options *opt,
				     const char *out, bool module_only);

/* The output tree's path. */
const char *own_objtree_path(const struct own_objtree *own);

/*
 * See to it that the commands of opt->files are in `commands`, asking make
 * for what is not known yet. 0, or -1 after an error().
 */
int own_objtree_load(struct own_objtree *own, struct compile_db *compile_db,
		     const struct compile_db_options *opt);

/* The same for the commands of the module. */
int own_objtree_load_module(struct own_objtree *own, struct compile_db *compile_db);

/* Whether make was asked for what builds `file`. */
bool own_objtree_was_asked(struct own_objtree *own, const char *file);

/* Forget it; what is in the cache stays. NULL is fine. */
void own_objtree_close(struct own_objtree *own);

#endif

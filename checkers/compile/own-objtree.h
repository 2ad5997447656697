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
 *		made		its inputs; without this file, out/ is not used
 *		commands	what make was asked for, and the commands it printed
 *		lock		held while any of these changes
 *
 * It is made anew if the tree's version, its Kconfig files, the core of its kbuild
 * or clang has changed. If a driver's Makefile has changed, make is asked again for
 * the commands of that folder only.
 */
struct own_objtree;

/*
 * Find it or make it. NULL after an error(); with opt->no_make, NULL without a
 * message if none is up to date. `tree` must outlive it; opt->files are not used
 * yet. `out`, or NULL, is an output tree of the user (or the tree itself, configured
 * in place) to be asked about a module instead; only the commands are kept then.
 * `module_only`: give only the commands of the module.
 */
struct own_objtree *own_objtree_open(const struct tree *tree,
				     const struct compile_db_options *opt,
				     const char *out, bool module_only);

/* The output tree's path. */
const char *own_objtree_path(const struct own_objtree *own);

/*
 * Add the commands of opt->files to `compile_db`, asking make for unknown ones. 0,
 * or -1 after an error().
 */
int own_objtree_load(struct own_objtree *own, struct compile_db *compile_db,
		     const struct compile_db_options *opt);

/* The same for the commands of the module. */
int own_objtree_load_module(struct own_objtree *own, struct compile_db *compile_db);

/* Whether make was asked for the goals that build `file`. */
bool own_objtree_was_asked(struct own_objtree *own, const char *file);

/* Free it; the cache keeps its files. NULL does nothing. */
void own_objtree_close(struct own_objtree *own);

#endif

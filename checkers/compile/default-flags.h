/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_DEFAULT_FLAGS_H
#define COMPILE_DEFAULT_FLAGS_H
#include "lib/compat.h"
#include "compile/command-set.h"
#include "tree/tree.h"
/*
 * Commands for files that nobody can be asked about, as make must not be run:
 * the flags that all files of a kernel have, and what can be read in the
 * Makefile of the file's folder (makefile.h). It takes an output tree that is
 * configured and prepared, so that its headers are there.
 */

/* Whether `out` (absolute; the tree itself if it was configured in place) is. */
bool default_flags_possible(const char *out);

/*
 * Add to `set` a command, of the kind COMMAND_DEFAULT, for each of the files
 * that has none among `commands`.
 */
void default_flags_add(struct command_set *set, const struct compile_db *compile_db,
		       const struct tree *tree, const char *out,
		       const char *const *files, size_t nr);

#endif

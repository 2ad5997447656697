/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_DB_READ_H
#define COMPILE_DB_READ_H
#include "lib/compat.h"
#include "compile/command-set.h"
/*
 * Readers of the commands that a kernel build saved.
 */

/*
 * Read the compile_commands.json at `path`, which is in `objtree`. 0, or -1
 * after an error() that names file, line and column. `objtree` NULL: it is that of
 * a module.
 */
int compile_db_read_json(struct command_set *set, const struct tree *tree,
			 const char *objtree, const char *path);

/*
 * Read the .cmd files of `objtree`, which is the tree itself if it was built in
 * place. Files that cannot be read are left out. There may be no commands.
 */
void compile_db_read_cmd_files(struct command_set *set, const struct tree *tree,
			       const char *objtree);

/*
 * The same for the folder in which a module was built. `objtree` is the kernel's
 * output tree, where the commands ran before Linux 6.13; if it is NULL, commands
 * that depend on it are left out and counted in *nr_lost.
 */
void compile_db_read_module(struct command_set *set, const struct tree *tree,
			    const char *folder, const char *objtree,
			    size_t *nr_lost);

#endif

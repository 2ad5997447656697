/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_MODULE_H
#define TREE_MODULE_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * A module that is built outside of the kernel tree, with a Kbuild or Makefile
 * of its own (make M=). Its files are files of the tree like all others, with
 * a path relative to the root that leads out of it ("../../m/main.c"), so that
 * whatever joins the root and a path works for them, too. Only paths that are
 * shown to the user are relative to the module's folder: module_shown().
 */

/*
 * Make the module in the folder `dir` the subject of `tree`. 0; or -1 after an
 * error(): it does not exist, is not a folder, has no Kbuild or Makefile, holds
 * the kernel tree, or has a name that kbuild does not accept. If it lies in the
 * kernel tree it is no such module, and *in_tree is its path relative to the
 * root, which the caller frees; else NULL.
 */
int module_open(struct tree *tree, const char *dir, char **in_tree);

/* Whether `file` (relative to the root) is the module's. */
bool module_has(const struct tree *tree, const char *file);

/*
 * `text` with the paths of the module's files in it relative to its folder;
 * the caller frees it.
 */
char *module_shown(const struct tree *tree, const char *text);

#endif

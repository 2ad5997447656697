/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_MODULE_H
#define TREE_MODULE_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * A module that is built outside of the kernel tree, with a Kbuild or Makefile
 * of its own (make M=). Its files are treated as files of the tree, with a path
 * that leads out of the root ("../../m/main.c"), so that joining the root and a
 * path works for them, too. Only paths that users see are relative to the module's
 * folder: module_shown().
 */

/*
 * Make `tree` check the module in the folder `dir`. 0; or -1 after an error(): it
 * does not exist, is not a folder, has no Kbuild or Makefile, contains the kernel
 * tree, or has a name that kbuild does not accept. If it is in the kernel tree it
 * is not an external module: *in_tree is then its path relative to the root, which
 * the caller frees; else NULL.
 */
int module_open(struct tree *tree, const char *dir, char **in_tree);

/* Whether `file` (relative to the root) is part of the module. */
bool module_has(const struct tree *tree, const char *file);

/*
 * `text` with all paths of the module's files made relative to its folder; the
 * caller frees it.
 */
char *module_shown(const struct tree *tree, const char *text);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_FLAGS_H
#define SPARSE_FLAGS_H
#include "lib/compat.h"
#include "compile/compile-db.h"
#include "tree/tree.h"

/*
 * The arguments that run sparse on the file of `command`: the CHECKFLAGS of the
 * kernel's Makefile and arch/ARCH/Makefile, those that sparse 0.6.4 needs to read a
 * new kernel completely, and the file's own. NULL-terminated; free it with
 * sparse_argv_free().
 */
char **sparse_argv(const struct tree *tree, const struct compile_command *command);
void sparse_argv_free(char **argv);

#endif

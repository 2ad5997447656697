/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_FLAGS_H
#define SPARSE_FLAGS_H
#include "lib/compat.h"
#include "compile/compile-db.h"
#include "tree/tree.h"

/*
 * The words that run sparse on what `command` compiles: the CHECKFLAGS of the
 * kernel's Makefile and arch/ARCH/Makefile, what sparse 0.6.4 needs to read a
 * new kernel to its end, and the file's own. NULL-terminated; the list and
 * each word are freed by sparse_argv_free().
 */
char **sparse_argv(const struct tree *tree, const struct compile_command *command);
void sparse_argv_free(char **argv);

#endif

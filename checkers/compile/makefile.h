/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_MAKEFILE_H
#define COMPILE_MAKEFILE_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * Reads a Makefile or Kbuild as text, without make: variables, conditions and
 * functions are not evaluated.
 */

/*
 * The next line with its continuations, without the newline, in *line as
 * getline(3) has it; false at the end.
 */
bool makefile_line(FILE *in, char **line, size_t *alloc);

/* Whether `text` has the word, between blanks. */
bool makefile_has_word(const char *text, const char *word);

/*
 * KBUILD_MODNAME of the .c file `file` of the tree, as the Makefile of its
 * folder or of one above says, else the file's own name; the caller frees it.
 */
char *makefile_module_of(const struct tree *tree, const char *file);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_NEIGHBOUR_FLAGS_H
#define COMPILE_NEIGHBOUR_FLAGS_H
#include "lib/compat.h"
#include "compile/command-set.h"
#include "lib/strvec.h"
#include "tree/tree.h"
/*
 * Commands for files that the configuration does not build: a driver of another
 * architecture, or one that another option excludes. They are read with the command
 * of a neighbour, which is not exact but close enough to see what they do. The
 * neighbour is a file in the same folder, else the nearest one. The module is found
 * in the Makefile or Kbuild of the folder, or of one above.
 *
 * A .c file that another one includes gets no command: it is read there.
 */

/*
 * Add to `set` a command, taken from those of `compile_db`, for each of the
 * files that has none; set_command.neighbour says from which file. Of which kind it
 * is, `kind_of` says with `data`.
 */
void neighbour_flags_find(struct command_set *set, const struct compile_db *compile_db,
			  const struct tree *tree, const char *const *files,
			  size_t nr, enum command_kind (*kind_of)(void *data,
							       const char *file),
			  void *data);

#endif

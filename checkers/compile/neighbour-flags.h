/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_NEIGHBOUR_FLAGS_H
#define COMPILE_NEIGHBOUR_FLAGS_H
#include "lib/compat.h"
#include "compile/command-set.h"
#include "lib/strvec.h"
#include "tree/tree.h"
/*
 * Files that the configuration does not build: a driver for another
 * architecture, an option that excludes another. They are read with the
 * command of a neighbour, which is not how they are compiled but close
 * enough to see what they do. The neighbour is a file of the same folder, else
 * the nearest in the order of names; the module is what Makefile or Kbuild of
 * its folder, or of one above, say.
 *
 * A .c file that another one includes is none of those: it is read there.
 */

struct neighbour_flags_options {
	/* Whether nobody knows if `file` is built, as make must not be run. */
	bool (*unasked)(void *data, const char *file);	/* NULL: none */
	void *data;
	bool near;	/* such a file borrows in its own folder alone */
};

/*
 * Add to `set` a command, taken from those of `commands`, for each of the
 * files that has none; set_command.lender says from whom.
 */
void neighbour_flags_find(struct command_set *set, const struct compile_db *compile_db,
			  const struct tree *tree, const char *const *files,
			  size_t nr, const struct neighbour_flags_options *options);

/* Which .c files the .c files of folders include: each folder is read once. */
struct inclusions {
	struct intern_pool dirs;
	struct strvec *lines;		/* of each */
	size_t alloc;
};
#define INCLUSIONS_INIT { INTERN_POOL_INIT, NULL, 0 }

/* Whether another .c file of its folder includes it. */
bool neighbour_flags_is_included(struct inclusions *known,
				 const struct tree *tree, const char *file);

void inclusions_release(struct inclusions *known);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_OWN_STORE_H
#define COMPILE_OWN_STORE_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "compile/command-set.h"
#include "tree/stamps.h"
/*
 * The goals that make was asked for and the commands that it printed, kept beside
 * the output tree. `places` has the current paths of the trees.
 */
struct places;

struct own_store {
	struct command_set set;	/* a command's goal: its number + 1 */
	struct intern_pool goals;	/* folders that make was asked for */
	struct intern_pool searched;	/* files that no folder builds */
	struct intern_pool keys;	/* by which modules were asked for: module-key.h */
	struct stamps stamps;		/* the goals' Makefiles */
};

void own_store_init(struct own_store *store);
void own_store_release(struct own_store *store);

/* The kind of that file: lib/checksummed.h. */
#define OWN_STORE_KIND	"commands 3"

/*
 * Read the file `path` into the empty `store`. A goal one of whose Makefiles
 * changed is forgotten with its commands, and so is `forget` (or NULL). False, and the store is empty, if
 * there is no such file or it makes no sense.
 */
bool own_store_read(struct own_store *store, const struct tree *tree,
		    const struct places *places, const char *path,
		    const char *forget);

/* Write it. 0, or -1 after an error(). */
int own_store_write(const struct own_store *store, const struct places *places,
		    const char *path);

#endif

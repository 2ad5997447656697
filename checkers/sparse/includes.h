/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_INCLUDES_H
#define SPARSE_INCLUDES_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "compile/compile-db.h"
/*
 * Which headers a file may include, whatever is configured: sparse does not
 * say, and what it said is only good as long as these are what they were.
 */
struct included;

/* What stands behind each #include of a file: "x.h or <x.h. */
struct include_names {
	char **list;
	size_t nr, alloc;
};
void include_names_read(struct include_names *names, const char *text);
void include_names_release(struct include_names *names);

struct includes {
	const struct tree *tree;
	struct intern_pool paths;	/* absolute; of all that was asked for */
	struct included **list;		/* by number of the path */
	size_t alloc;
};
#define INCLUDES_INIT(t) { (t), INTERN_POOL_INIT, NULL, 0 }

/*
 * The headers of what `command` compiles: relative to the tree's root
 * where they are below it, else absolute. The list and the strings are the
 * caller's to free.
 */
char **includes_of(struct includes *includes,
		   const struct compile_command *command, uint32_t *nr);

void includes_release(struct includes *includes);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_INCLUDES_H
#define SPARSE_INCLUDES_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "compile/compile-db.h"
/*
 * The headers that a file may include in any configuration. sparse does not list
 * them, and its output is valid only as long as they are unchanged.
 */
struct included;

/* The argument of each #include of a file: "x.h or <x.h. */
struct include_names {
	char **list;
	size_t nr, alloc;
};
void include_names_read(struct include_names *names, const char *text);
void include_names_release(struct include_names *names);

struct includes {
	const struct tree *tree;
	struct intern_pool paths;	/* absolute */
	struct included **list;		/* by number of the path */
	size_t alloc;
};
#define INCLUDES_INIT(t) { (t), INTERN_POOL_INIT, NULL, 0 }

/*
 * The headers of the file that `command` compiles: relative to the root if they are
 * below it, else absolute. The caller frees the list and the strings.
 */
char **includes_of(struct includes *includes,
		   const struct compile_command *command, uint32_t *nr);

void includes_release(struct includes *includes);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_NAMES_H
#define FIX_NAMES_H
#include "lib/compat.h"
#include "lib/intern.h"
/*
 * All uses of a function in a tree, by the text: code that is not configured
 * counts, and so do headers and macros.
 */
struct tree;

enum name_use_kind {
	NAME_DEFINED,
	NAME_DECLARED,
	NAME_CALLED,
	NAME_EXPORTED,		/* EXPORT_SYMBOL*(name) */
	NAME_IN_MACRO,		/* in a #define */
	NAME_TAKEN,		/* its address is taken, or it is unclear */
};

struct name_use {
	char *file;		/* relative to the root */
	const char *name;	/* in the pool that was given */
	enum name_use_kind kind;
	unsigned int line, column;	/* of the name, from 1 */
	char *function;		/* that calls it, or NULL */
	bool is_static;		/* defined or declared static */
	unsigned int nr_args;	/* passed or declared */
	char *last_arg;		/* text of the last one, or NULL */
};

struct name_uses {
	struct name_use *list;	/* by file, in the order of the text */
	size_t nr, alloc;
};
#define NAME_USES_INIT { NULL, 0, 0 }

/*
 * Add the uses of all `names` in the .c and .h files of the tree, read with
 * `jobs` threads. The pool must live as long as `uses`. A file that cannot be
 * read is a warning().
 */
void names_find(struct name_uses *uses, const struct tree *tree,
		const struct intern_pool *names, unsigned int jobs);

/* Add those in the text of one file, which is called `file`. */
void names_read(struct name_uses *uses, const struct intern_pool *names,
		const char *file, const char *text);

void names_release(struct name_uses *uses);

/*
 * Whether the function `function` in `text` has the identifier `name` among
 * its parameters or in its body.
 */
bool names_in_function(const char *text, const char *function,
		       const char *name);

#endif

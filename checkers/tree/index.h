/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_INDEX_H
#define TREE_INDEX_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "tree/tree.h"
/*
 * The lexical index: which file mentions which names, and how. It knows comments,
 * strings and preprocessor conditionals, but does not expand macros.
 */
enum index_kind {
	INDEX_MENTION = 1,	/* the identifier, anywhere in code */
	INDEX_MEMBER = 2,	/* after "." or "->" */
	INDEX_CALL = 4,		/* before "(", inside a body */
	INDEX_DEFINITION = 8,	/* before "(...) {" at brace depth 0 */
	INDEX_EXPORT = 16,	/* inside EXPORT_SYMBOL*(...) */
};

struct index_hit {
	uint32_t file;		/* in index.files */
	uint32_t name;		/* in the pool given to index_find() */
	unsigned int kinds;	/* all its uses there: enum index_kind */
};

struct index_unreadable {
	char *file, *reason;
};

struct index {
	struct intern_pool files;	/* all .c files below the paths */
	struct index_hit *hits;		/* ordered by file, then name */
	size_t nr, alloc;
	struct index_unreadable *unreadable;
	size_t nr_unreadable;
};
#define INDEX_INIT { INTERN_POOL_INIT, NULL, 0, 0, NULL, 0 }

struct lexicon;

/*
 * Look up `names` in every .c file of the lexicon. Files that cannot be read go
 * into `unreadable`. `index` must be empty (INDEX_INIT or released).
 */
void index_find(struct index *index, const struct lexicon *lexicon,
		const struct intern_pool *names);

void index_release(struct index *index);

#endif

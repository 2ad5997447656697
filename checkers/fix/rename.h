/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_RENAME_H
#define FIX_RENAME_H
#include "lib/compat.h"
#include "fix/workspace.h"
/*
 * Rename retired attributes wherever the tree mentions them: in code of all
 * architectures, comments, documentation and its headings, the strings of trace
 * events, and tools/. Coccinelle sees only some of the code.
 */
struct attr_names;

struct rename_options {
	const char *to;		/* for cache attributes; NULL: their successor */
	const char *const *paths;	/* only below these; 0: everywhere */
	size_t nr_paths;
};

struct rename_place {
	const char *file;	/* in the workspace */
	unsigned int line, column;
	bool done;		/* renamed; else left alone, after a note() */
};

struct rename_result {
	size_t changed, refused;	/* files */
	char *what;		/* "OLD to NEW, OLD to NEW"; NULL: nothing */
	struct rename_place *places;
	size_t nr_places, alloc_places;
};
#define RENAME_RESULT_INIT { 0, 0, NULL, NULL, 0, 0 }

/*
 * Rename in the copies of the workspace. A note() or warning() says what is left
 * alone, and why. 0, or -1 after an error(); the caller releases the result in
 * either case.
 */
int rename_retired(struct workspace *ws, const struct attr_names *names,
		   const struct rename_options *opt,
		   struct rename_result *result);

/* The result for the name at that place; NULL if it is not a retired one. */
const struct rename_place *rename_find(const struct rename_result *result,
				       const char *file, unsigned int line,
				       unsigned int column);

void rename_release(struct rename_result *result);

#endif

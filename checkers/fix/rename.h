/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_RENAME_H
#define FIX_RENAME_H
#include "lib/compat.h"
#include "fix/workspace.h"
/*
 * Rename what is retired wherever the tree names it: code of all
 * architectures, comments, documentation with its headings, the strings of
 * trace events, tools/. Coccinelle sees the first of these only.
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
	bool done;		/* else it was left, and that was said */
};

struct rename_result {
	size_t changed, refused;	/* files */
	char *what;		/* "OLD to NEW, OLD to NEW"; NULL: nothing */
	struct rename_place *places;
	size_t nr_places, alloc_places;
};
#define RENAME_RESULT_INIT { 0, 0, NULL, NULL, 0, 0 }

/*
 * Rename in the workspace's copies. What is left alone is said, with the
 * reason. 0, or -1 after an error(); the result is to be released either way.
 */
int rename_retired(struct workspace *ws, const struct attr_names *names,
		   const struct rename_options *opt,
		   struct rename_result *result);

/* What became of the name that stood there; NULL: nothing. */
const struct rename_place *rename_find(const struct rename_result *result,
				       const char *file, unsigned int line,
				       unsigned int column);

void rename_release(struct rename_result *result);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_EXTRACT_EXTRACT_H
#define FACTS_EXTRACT_EXTRACT_H
#include "lib/compat.h"
#include "facts/facts.h"

struct api;
struct compile_command;
struct tree;

/* What extracting one translation unit gave. */
struct extracted {
	/*
	 * sets[0] is the file itself: its functions and initialisers. Each
	 * further one is a function of a header that can be relevant, reached
	 * from the file; they are equal in all files that include it alike.
	 */
	struct fact_set *sets;
	size_t nr_sets, alloc_sets;
	char **headers;		/* all included files, "include/linux/mm.h" */
	size_t nr_headers, alloc_headers;
	unsigned int errors;	/* that clang found; facts may be in part */
	char *first_error;	/* these, "file:line: message", a line each; or NULL */
	char *without_pch;	/* why it was parsed without the one given, or NULL */
	char *blamed;	/* the header in it that is why, or NULL */
};
#define EXTRACTED_INIT { NULL, 0, 0, NULL, 0, 0, 0, NULL, NULL, NULL }

/*
 * Parse command->file of the tree with libclang, as the tree's overlay has it,
 * and take its facts into `out`, which must be empty. `pch` is the precompiled
 * header to use if it makes no difference (pch.h), or NULL. Returns NULL, or why the file could not be
 * parsed at all (a static string). May crash or hang where libclang does:
 * only to be called in a worker process (facts/pool.h).
 */
const char *extract(struct extracted *out, const struct tree *tree,
		    const struct compile_command *command, const struct api *api,
		    const char *pch);

void extracted_release(struct extracted *out);

#endif

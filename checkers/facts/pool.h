/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_POOL_H
#define FACTS_POOL_H
#include "lib/compat.h"

struct api;
struct compile_command;
struct pch_set;
struct tree;

/*
 * The workers: one process a core, each parsing one translation unit after
 * the other. A file that crashes or hangs libclang costs its worker, which is
 * replaced, and itself.
 */

/* What became of one translation unit; all of it is the pool's. */
struct pool_result {
	const char *failure;	/* why there are no facts, or NULL */
	uint32_t errors;	/* that clang found; the facts may be in part */
	const char *first_error;	/* these, "file:line: message", a line each; "" if none */
	const char *without_pch;	/* why its precompiled header was not used, or NULL */
	const char *blamed;	/* the header in it that is why, or NULL */
	char **headers;		/* included files, relative to the root */
	uint32_t nr_headers;
	const void **sets;	/* each as facts_save() made it */
	size_t *set_sizes;
	uint32_t nr_sets;	/* the first is the file, the rest headers */
	/* From the store; NULL in what the pool found. */
	const uint32_t *header_numbers;	/* the same header, the same number */
	const uint64_t *set_hashes;	/* XXH3 of each set */
};

struct pool_options {
	const struct tree *tree;
	const struct api *api;
	const struct compile_command *const *compile_db;
	const char *const *pch;	/* of each command; NULL: none */
	/* Do not parse files but make these headers, each at its `pch`; or NULL. */
	const struct pch_set *headers;
	size_t nr;
	unsigned int jobs;
	unsigned int timeout;	/* seconds that one file may take */
	size_t memory;		/* bytes that a worker may take; 0: any number */
	/* Called for each command, in the order in which they finish. */
	void (*done)(size_t nr, const struct pool_result *result, void *data);
	void *data;
};

/*
 * Run all commands. Returns 0, or -1 after an error() if no worker could be
 * started or libclang is missing. When it returns, no worker is left.
 */
int pool_run(const struct pool_options *options);

#endif

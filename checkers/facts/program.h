/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_PROGRAM_H
#define FACTS_PROGRAM_H
#include "lib/compat.h"
#include "facts/facts.h"
#include "findings/coverage.h"
#include "lib/intern.h"
#include "compile/compile-db.h"

struct api;
struct store;

/*
 * The facts of all files that were analysed: what flow/ works on. Functions
 * of headers are there once, however many files include them.
 */
struct unit {
	const char *file;	/* relative to the root */
	const char **modules;	/* KBUILD_MODNAME of each that it is built in */
	size_t nr_modules;
	struct fact_set facts;
	uint64_t hash;		/* of these facts */
	uint32_t errors;	/* that clang found: the facts may have holes */
	char *said;		/* these, "FILE:LINE: MESSAGE", a line each; NULL for none */
	uint32_t *header_sets;	/* in program.header_sets */
	size_t nr_header_sets;
	uint32_t *headers;	/* included files, in program.names */
	size_t nr_headers;
};

/* One function of a header. */
struct header_set {
	struct fact_set facts;
	uint64_t hash;
};

struct program {
	struct unit **units;
	size_t nr_units, alloc_units;
	struct header_set **header_sets;
	size_t nr_header_sets, alloc_header_sets;
	struct gap *misses;	/* files without (all) their facts */
	size_t nr_misses, alloc_misses;
	size_t nr_analysed;		/* files that have facts */
	size_t nr_failures;	/* files that another run may read: a crash, a hang */
	struct intern_pool names;
	struct intern_pool files;	/* all that were ever asked for */
	void *by_hash;			/* header sets, private */
	uint32_t *by_number;		/* names of the store's headers + 1 */
	size_t alloc_numbers;
};
#define PROGRAM_INIT { NULL, 0, 0, NULL, 0, 0, NULL, 0, 0, 0, 0, \
	INTERN_POOL_INIT, INTERN_POOL_INIT, NULL, NULL, 0 }

struct program_options {
	const struct tree *tree;
	const struct api *api;
	const struct compile_db *compile_db;
	struct store *store;
	const char *pch_folder;	/* for precompiled headers; NULL: none */
	bool pch_always;	/* also for few files: others will follow */
	/* Add the files of the tree that tell which headers drivers include. NULL: unknown. */
	void (*typical)(struct intern_pool *files, void *data);
	void *data;
	size_t memory;		/* bytes that a worker may take; 0: any number */
	unsigned int jobs;
	const char *stage;	/* what progress calls it */
	size_t expected;	/* files in all, with those of other calls; 0: unknown */
};

/*
 * Get the facts of `files`, from the store or by parsing, and add them. A
 * file that was added before is passed over; one that has no command or
 * cannot be parsed is in `misses`, with the reason. Returns 0, or -1 after
 * an error() where going on makes no sense (no process, no disk space).
 */
int program_add(struct program *program, const struct program_options *opt,
		const char *const *files, size_t nr);

void program_release(struct program *program);

#endif

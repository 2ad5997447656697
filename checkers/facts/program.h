/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_PROGRAM_H
#define FACTS_PROGRAM_H
#include "lib/compat.h"
#include "facts/facts.h"
#include "facts/view.h"
#include "findings/coverage.h"
#include "lib/intern.h"
#include "compile/compile-db.h"

struct api;
struct api_function;
struct store;

/*
 * The facts of all files that were analysed: what flow/ works on. Functions
 * of headers are there once, however many files include them.
 */
struct unit {
	const char *file;	/* relative to the root */
	const char **modules;	/* KBUILD_MODNAME of each that it is built in */
	size_t nr_modules;
	uint32_t *module_names;	/* of each, in program.strings */
	union {
		struct fact_set facts;
		struct numbered_set set;
	};
	uint64_t hash;		/* of these facts */
	uint32_t errors;	/* that clang found: the facts may have holes */
	char *said;		/* these, "FILE:LINE: MESSAGE", a line each; NULL for none */
	uint32_t *header_sets;	/* in program.header_sets */
	size_t nr_header_sets;
	uint32_t *driver_sets;	/* those that are no helpers of the kernel's */
	size_t nr_driver_sets;
	uint32_t *headers;	/* included files, in program.names */
	size_t nr_headers;
};

/* One function of a header. */
struct header_set {
	union {
		struct fact_set facts;
		struct numbered_set set;
	};
	uint64_t hash;
	bool is_helper;		/* of the kernel's own: view_is_helper() */
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
	size_t nr_left;		/* files with options.share that are not kept, and not in it */
	struct intern_pool names;
	struct intern_pool files;	/* all that were ever asked for */
	void *by_hash;			/* header sets, private */
	uint32_t *by_number;		/* names of the store's headers + 1 */
	size_t alloc_numbers;
	struct intern_pool strings;	/* of all fact sets */
	/* What kernel-api.conf says of the function called so, or NULL. */
	const struct api_function **api_of;	/* by number of the string */
	size_t alloc_api;
};
#define PROGRAM_INIT { .units = NULL }

struct program_options {
	const struct tree *tree;
	const struct api *api;
	const struct compile_db *compile_db;
	struct store *store;
	const struct intern_pool *share;	/* read only these, and note their rows; or NULL */
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

/* The entry for the function with that name or key, NO_NAME for none. */
static inline const struct api_function *
program_api(const struct program *program, uint32_t name)
{
	return name == NO_NAME ? NULL : program->api_of[name];
}

void program_release(struct program *program);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_SPARSE_H
#define SPARSE_SPARSE_H
#include "lib/compat.h"
#include "compile/compile-db.h"
#include "findings/coverage.h"
#include "tree/tree.h"
/*
 * The sparse stage: unlike libclang, sparse(1) knows which pointers are __user or
 * __iomem and which integers are a gfp_t. It is run over the candidate files
 * (candidates.h), each with its own flags, and its warnings about arguments of the
 * DMA API are taken over (takeover.h).
 */
struct api;
struct intern_pool;
struct store;

/* One wrong argument. */
struct misuse {
	char *file;		/* relative to the root */
	unsigned int line, column;	/* of the function's name, from 1 */
	char *function;		/* around it, or "" */
	char *module;
	char *message;
};

struct sparse {
	struct misuse *list;	/* in the order of files */
	size_t nr, alloc;
	char *version;		/* "0.6.4 (Debian: 0.6.4-3)", or NULL */
	char *problem;		/* why sparse was not run at all, or NULL */
	size_t nr_files;	/* that are candidates */
	size_t nr_read;		/* of these, those that sparse has seen */
	size_t nr_failures;	/* files that another run may read, and `problem` */
	size_t nr_left;		/* not kept, and not in options.share */
	struct gap *misses;	/* files read in part or not at all */
	size_t nr_misses, alloc_misses;
};
#define SPARSE_INIT { NULL, 0, 0, NULL, NULL, 0, 0, 0, 0, NULL, 0, 0 }

struct sparse_options {
	const struct tree *tree;
	const struct api *api;
	const struct compile_db *compile_db;	/* of the files */
	struct store *store;		/* results of earlier runs */
	const struct intern_pool *share;	/* as for facts: program.h */
	unsigned int jobs;
	unsigned int timeout;		/* seconds for a file; 0: a minute */
	size_t memory;			/* bytes a process; 0: any number */
};

/*
 * Run it over the `nr` files. If sparse is missing or cannot read a file, that is
 * in `problem` or `misses`. Returns 0, or -1 after an error() after which nothing
 * else can be done (no disk space). Release `sparse` in both cases.
 */
int sparse_run(struct sparse *sparse, const struct sparse_options *options,
	       const char *const *files, size_t nr);

void sparse_release(struct sparse *sparse);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_LAST_RUN_H
#define ANALYSIS_LAST_RUN_H
#include "lib/compat.h"
#include "lib/intern.h"

struct analysis_options;
struct compile_db;
struct program;
struct store;

/*
 * What an analysis looked at, kept for the next one: the names that it asked
 * the index for, and the files that it read, headers among them. A file that
 * is none of these, and has none of the names in it, is nothing to it: no
 * finding can come or go by such a file.
 */
struct last_run {
	struct intern_pool names;	/* anywhere in a file */
	struct intern_pool asked;	/* frontier.asked */
	struct intern_pool places;	/* "MODULE FOLDER" of what was read */
	struct intern_pool files;
};
#define LAST_RUN_INIT { INTERN_POOL_INIT, INTERN_POOL_INIT, INTERN_POOL_INIT, \
	INTERN_POOL_INIT }

/* Add all of `from`. */
void last_run_add_pool(struct intern_pool *to, const struct intern_pool *from);

/*
 * Add the files of the program and the headers that they include, and where
 * the modules of `commands` have files.
 */
void last_run_add_files(struct last_run *last_run,
			const struct program *program,
			const struct compile_db *compile_db);

/*
 * Keep it for the tree, the rules and the knowledge in `options`, whatever
 * its paths. 0, or -1 after an error().
 */
int last_run_keep(const struct last_run *last_run, struct store *store,
		  const struct analysis_options *options);

/*
 * The last one that was kept for these, not older than a day: what other
 * files have changed meanwhile may have led it further. False if there is
 * none. `footprint` must be empty.
 */
bool last_run_recall(struct last_run *last_run, struct store *store,
		     const struct analysis_options *options);

void last_run_release(struct last_run *last_run);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_READ_H
#define ANALYSIS_READ_H
#include "lib/compat.h"
#include "analysis/frontier.h"
#include "analysis/module-scope.h"
#include "compile/compile-db.h"
#include "lib/intern.h"
#include "tree/lexicon.h"

struct analysis;

/*
 * Finds and reads the relevant files: for user memory, the files with its sources
 * in the whole tree, and all that the flow reaches from there; for other rules,
 * the files that they read, below the paths. Sets the program, the flow and the
 * coverage in run->result (files_total counts files below the paths), and
 * run->seen for the next run.
 */
struct reading {
	struct analysis *run;
	struct intern_pool files;	/* considered so far */
	/*
	 * They call an inline function of a header that maps user memory, and
	 * may have none of the names that rules read for.
	 */
	struct intern_pool takers;
	struct lexicon lexicon;
	struct frontier frontier;
	struct intern_pool names;	/* that rules asked for */
	struct module_scope scope;	/* for a module outside of the tree */
	struct intern_pool readers;	/* that rules read, by the names in them */
	size_t expected;	/* so many files, as far as is known at the start */
	char *pch;			/* folder of precompiled headers */
};
#define READING_INIT(of) { .run = (of) }

/* Open the store and the index, and find the sources of user memory. */
int reading_open(struct reading *r);

/* Read and solve, round by round, until the flow reaches no new file. */
int reading_follow(struct reading *r);

/* Read the files that rules need besides: those with the names they read for. */
int reading_for_rules(struct reading *r);

/* Run sparse over the files that are relevant to it. */
int reading_sparse(struct reading *r);

/* Set the coverage, and run->seen for the next run. */
void reading_record(struct reading *r);

void reading_close(struct reading *r);

/* Whether one of request.given is relevant, judged by its names only. */
bool reading_is_relevant(struct reading *r);

/* The options for the compile database, without the files. */
struct compile_db_options reading_db_options(const struct analysis *run);

#endif

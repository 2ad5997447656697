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
 * Which files are relevant, and their facts: for user memory its sources
 * wherever they are, and all files that the flow reaches from there; for the
 * other rules the files that they read, below the paths. Into run->result go
 * the program, the flow and what was covered, files_total counted below the
 * paths; into run->seen what the next run asks for.
 */
struct reading {
	struct analysis *run;
	struct intern_pool files;	/* all that were considered so far */
	/*
	 * Those that call a header's function which maps user memory: nothing
	 * else in them need name what the rules read.
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

/* Open the store and the index, and find where user memory comes from. */
int reading_open(struct reading *r);

/* Read and solve, round by round, until the flow reaches no new file. */
int reading_follow(struct reading *r);

/* Read what the rules need besides: the files that name what they look for. */
int reading_for_rules(struct reading *r);

/* Have sparse read the files that are relevant to it. */
int reading_sparse(struct reading *r);

/* Record what was covered, and for the next run what was looked at. */
void reading_record(struct reading *r);

void reading_close(struct reading *r);

/* Whether one of request.given is relevant, by its names alone. */
bool reading_is_relevant(struct reading *r);

/* What the compile database is asked for, but for its files. */
struct compile_db_options reading_db_options(const struct analysis *run);

#endif

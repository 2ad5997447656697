/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_LAST_RUN_H
#define ANALYSIS_LAST_RUN_H
#include "lib/compat.h"
#include "lib/intern.h"

struct change;
struct frontier;
struct analysis;

/*
 * The input and the findings of a run, kept in the store for the next run. A file
 * that was not read and has none of the names that were looked for is not
 * relevant: it cannot add or remove a finding. And as long as the files that were
 * read are unchanged, their findings are the same.
 */
struct last_run {
	struct intern_pool names;	/* that make a file relevant */
	struct intern_pool asked;	/* frontier.asked */
	struct intern_pool places;	/* "MODULE FOLDER" of the files */
	struct intern_pool files;	/* read, headers included */
};
#define LAST_RUN_INIT { INTERN_POOL_INIT, INTERN_POOL_INIT, INTERN_POOL_INIT, \
	INTERN_POOL_INIT }

/* Add the files and names of the run, which has read its files, to run->seen. */
void last_run_saw(struct analysis *run, const struct intern_pool *names,
		  const struct frontier *frontier);

/*
 * Keep the record of `run`, which has ended, under the tree, the rules and the
 * kernel knowledge.
 */
void last_run_keep(struct analysis *run);

/*
 * Keep the records with findings under a key that names no place, too: for another
 * cache (hand-over.h), where they stand in for those of the same tree. The store of
 * `run` is open.
 */
void last_run_share(const struct analysis *run);

/*
 * The record of an earlier run is as good as one of `run`, which found that
 * nothing has changed: it is of now. False if there is none.
 */
bool last_run_renew(const struct analysis *run);

/*
 * Read the files and names of the last run with the tree, rules and knowledge of
 * `run`, which is open, over any paths. It is at most a day old, as a change of
 * other files may lead a new run to more files. False if there is none. `seen`
 * must be empty.
 */
bool last_run_recall(struct last_run *seen, const struct analysis *run);

/* Whether the store has any record with findings. `run` is open. */
bool last_run_exists(const struct analysis *run);

/*
 * Add to `prints` the fingerprints of the findings before `change`, from the
 * record of an earlier run; `after` is the run with the change, which has ended.
 * False if there is no such record.
 */
bool last_run_findings(struct intern_pool *prints, const struct analysis *after,
		       const struct change *change);

void last_run_release(struct last_run *seen);

#endif

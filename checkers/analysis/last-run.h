/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_LAST_RUN_H
#define ANALYSIS_LAST_RUN_H
#include "lib/compat.h"
#include "lib/intern.h"

struct change;
struct frontier;
struct analysis;

/*
 * What a run looked at and found, kept in the store for the next run. A file
 * that was not read, and that has none of the names which were looked for, is
 * not relevant: no finding can come or go by it. And while the files that were
 * read are the same, what was found in them need not be found again.
 */
struct last_run {
	struct intern_pool names;	/* anywhere in a file */
	struct intern_pool asked;	/* frontier.asked */
	struct intern_pool places;	/* "MODULE FOLDER" of what was read */
	struct intern_pool files;	/* that were read, headers among them */
};
#define LAST_RUN_INIT { INTERN_POOL_INIT, INTERN_POOL_INIT, INTERN_POOL_INIT, \
	INTERN_POOL_INIT }

/* Each kind of run replaces the record of its own kind. */
enum run_kind {
	RUN_PART,	/* of a part of the tree: what it found is not kept */
	RUN_WHOLE,
	RUN_BEFORE,	/* without a change */
	RUN_AFTER,	/* with it */
	NR_RUN_KINDS
};

/* Add to run->seen what the run, which has read its files, looked at. */
void last_run_saw(struct analysis *run, const struct intern_pool *names,
		  const struct frontier *frontier);

/*
 * Keep the record of `run`, which has ended. The next one finds it by the
 * tree, the rules and the knowledge of the kernel.
 */
void last_run_keep(struct analysis *run, enum run_kind kind);

/*
 * What the last run looked at that was like `run`, which is open, whatever its
 * paths: not older than a day, as other files that changed meanwhile may have
 * led it further. False if there is none. `seen` must be empty.
 */
bool last_run_recall(struct last_run *seen, const struct analysis *run);

/* Whether there is any record with findings; for one that is open. */
bool last_run_exists(const struct analysis *run);

/*
 * Add to `prints` the fingerprints of what was found in a tree like that
 * before `change`; `after` has ended, with the change. False if none is known.
 */
bool last_run_findings(struct intern_pool *prints, const struct analysis *after,
		       const struct change *change);

void last_run_release(struct last_run *seen);

#endif

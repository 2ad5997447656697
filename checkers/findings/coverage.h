/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FINDINGS_COVERAGE_H
#define FINDINGS_COVERAGE_H
#include "lib/compat.h"
/*
 * What a run has read, and what it has not: without this "nothing found" means
 * nothing.
 */
enum gap_kind {
	GAP_UNREAD,	/* nothing of the file was seen */
	GAP_PARTIAL,	/* read, with errors: something may be missing */
	GAP_NEIGHBOUR,	/* read without an error, with another file's command */
};

struct gap {
	enum gap_kind kind;
	char *file;		/* relative to the root; "." where no file is meant */
	char *reason;		/* "no compile command: ..." */
};

struct coverage {
	size_t files_total;	/* .c files that the run was asked about */
	size_t files_considered;	/* relevant ones, by the index */
	size_t files_analysed;
	struct gap *gaps;	/* by file and reason */
	size_t nr_gaps, alloc_gaps;
	const char **lost_rules;	/* ids of rules that have not run */
	size_t nr_lost, alloc_lost;
	size_t nr_crashes;	/* of dmacheck itself */
};
#define COVERAGE_INIT { 0, 0, 0, NULL, 0, 0, NULL, 0, 0, 0 }

/* Add a gap, once; copies both strings. */
void coverage_miss(struct coverage *coverage, enum gap_kind kind,
		   const char *file, const char *reason);

/* The findings of the rule called `id` are missing. `id` is the rule's own. */
void coverage_lose_rule(struct coverage *coverage, const char *id);

/* `what` died of signal `sig`; what it would have found is missing. */
void coverage_crash(struct coverage *coverage, const char *what, int sig);

/*
 * Whether the rule would have found what there is in `file`: it has run, and
 * the file was read without an error.
 */
bool coverage_is_whole(const struct coverage *coverage, const char *rule,
		       const char *file);

/* Replace each file name and reason by what `rewrite` makes of it. */
void coverage_rewrite(struct coverage *coverage,
		      char *(*rewrite)(const void *data, const char *text),
		      const void *data);

void coverage_release(struct coverage *coverage);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FINDINGS_COVERAGE_H
#define FINDINGS_COVERAGE_H
#include "lib/compat.h"
#include "lib/strvec.h"
/*
 * What a run has read, and what it has not: without this "nothing found" means
 * nothing.
 */
enum gap_kind {
	GAP_UNREAD,	/* nothing of the file was seen */
	GAP_PARTIAL,	/* read, with errors: something may be missing */
	GAP_OTHERS,	/* read whole: in another file, or with its command */
};

struct gap {
	enum gap_kind kind;
	char *file;		/* relative to the root; "." where no file is meant */
	char *reason;		/* "no compile command: ..." */
	bool outside;		/* of what was asked for: coverage_limit() */
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
	struct strvec unseen;	/* relevant calls: "pin_user_pages() in x.c" */
};
#define COVERAGE_INIT { .unseen = STRVEC_INIT }

/* How much "nothing found" is worth. */
enum coverage_verdict {
	VERDICT_COMPLETE,
	VERDICT_PARTIAL,	/* a file, a call or a rule was not seen */
	VERDICT_NONE,		/* nothing that is relevant was read */
};

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

/* Files outside of the paths were not asked for: see gap.outside. */
void coverage_limit(struct coverage *coverage, const char *const *paths,
		    size_t nr);

enum coverage_verdict coverage_verdict(const struct coverage *coverage);

/* How many relevant files were not read, of those that were asked for. */
size_t coverage_nr_unread(const struct coverage *coverage);

/* Replace each file name, reason and unseen call by what `rewrite` makes of it. */
void coverage_rewrite(struct coverage *coverage,
		      char *(*rewrite)(const void *data, const char *text),
		      const void *data);

void coverage_release(struct coverage *coverage);

#endif

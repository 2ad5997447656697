/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_FIX_H
#define FIX_FIX_H
#include "lib/compat.h"
#include "fix/workspace.h"
#include "findings/finding.h"
/*
 * Findings in, a patch out. plan.h says what has to be changed for a finding;
 * Coccinelle makes the change in copies of the files (spatch.h, workspace.h). If
 * it changes more than the planned calls, the change is undone: a fix is
 * complete and certain, or it is not made.
 */
struct flow;
struct policy;
struct program;
struct tree;

struct fix_options {
	const struct tree *tree;
	const struct findings *findings;
	enum level level;		/* findings below it are not fixed */
	struct flow *flow, *calls;	/* as for rules; may be NULL */
	const struct program *program;	/* for the headers that a file includes */
	const char *patches;		/* semantic-patches/; NULL: none */
	unsigned int jobs;		/* threads that read the tree */
	const char *elsewhere;		/* a rule that others fix, or NULL */
};

/* The result for one finding. */
struct fix_outcome {
	const struct finding *finding;
	char *why_not;		/* NULL: it is fixed */
	const char **files;	/* changed for it, sorted */
	size_t nr_files;
	const char **patches;	/* the semantic patches that were used */
	size_t nr_patches;
};

struct fix {
	struct workspace ws;
	struct fix_outcome *list;	/* one for each finding, in their order */
	size_t nr;
	size_t nr_allowed;	/* modules, by fix_allow() */
	bool disabled;		/* no usable spatch; after an error() */
};
#define FIX_INIT { WORKSPACE_INIT, NULL, 0, 0, false }

/*
 * Fix the findings in copies of the files. 0, also if nothing could be fixed;
 * or -1 after an error(). The findings must live as long as `fix`.
 */
int fix_make(struct fix *fix, const struct fix_options *opt);

/* What fix_each() says of a finding: one of both. */
struct fix_answer {
	char *diff;		/* of the tree: fixes it */
	char *why_not;
};

/*
 * For each finding at opt->level or above, put into `answers`, which has an
 * element for each finding, a unified diff that fixes it, alone or with those
 * that need the same change, or why there is none; the caller frees both. If
 * spatch cannot be used, *unusable says why; the caller frees that, too. 0, or
 * -1 after an error().
 */
int fix_each(const struct fix_options *opt, struct fix_answer *answers,
	     char **unusable);

/* Print on stderr which findings were not fixed, and why; their number. */
size_t fix_note_unfixed(const struct fix *fix);

void fix_release(struct fix *fix);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_FIX_H
#define FIX_FIX_H
#include "lib/compat.h"
#include "fix/workspace.h"
#include "findings/finding.h"
/*
 * Findings in, a patch out. What is to be changed for a finding is planned
 * (plan.h), then done by Coccinelle in copies (spatch.h, workspace.h). What is
 * changed beyond the calls that were planned is taken back: a fix is whole and
 * certain, or it is not made.
 */
struct flow;
struct policy;
struct program;
struct tree;

struct fix_options {
	const struct tree *tree;
	const struct findings *findings;
	enum level level;		/* leave those below alone */
	struct flow *flow, *calls;	/* as rules get them; may be NULL */
	const struct program *program;	/* which headers a file includes */
	const char *patches;		/* semantic-patches/; NULL: none */
	unsigned int jobs;		/* threads that read the tree */
	const char *elsewhere;		/* findings of this rule are not fixed here */
};

/* What became of a finding. */
struct fix_outcome {
	const struct finding *finding;
	char *why_not;		/* NULL: it is fixed */
	const char **files;	/* that were changed for it, sorted */
	size_t nr_files;
	const char **patches;	/* with these semantic patches */
	size_t nr_patches;
};

struct fix {
	struct workspace ws;
	struct fix_outcome *list;	/* one a finding, in their order */
	size_t nr;
	size_t nr_allowed;	/* modules, by fix_allow() */
	bool disabled;		/* no spatch: said by an error() */
};
#define FIX_INIT { WORKSPACE_INIT, NULL, 0, 0, false }

/*
 * Fix what can be fixed, in copies. 0; or -1 after an error() where that
 * could not even be tried. The findings must live as long as `fix`.
 */
int fix_make(struct fix *fix, const struct fix_options *opt);

/* Say on stderr what was not fixed, and why; how many that are. */
size_t fix_tell(const struct fix *fix);

void fix_release(struct fix *fix);

#endif

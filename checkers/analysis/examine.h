/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_EXAMINE_H
#define ANALYSIS_EXAMINE_H
#include "lib/compat.h"
#include "analysis/analysis.h"
#include "findings/coverage.h"
#include "findings/finding.h"
#include "findings/suppressed.h"
#include "tree/tree.h"

struct api;
struct attr_names;
struct options;
struct policy;
struct rule;

/*
 * The whole way of the data up to the findings, for all commands that need
 * them; in the order in which it comes to be.
 */
struct examination {
	const struct options *opt;
	/*
	 * Set before examine(): the findings are to be fixed, so find out
	 * also which unmap belongs to what.
	 */
	bool fixing;
	/* Likewise: content that stands for some of the tree's files; NULL. */
	const struct overlay *overlay;
	/*
	 * Likewise: the files that a change touches, in place of the PATHs.
	 * They say where rules that read single files look; what is found
	 * elsewhere stays.
	 */
	const struct intern_pool *touched;
	/*
	 * Set before examine(): the only files there are, by their commands
	 * (analysis.h). The rules that ask libclang alone are checked.
	 */
	const struct compile_db *given;
	bool alone;		/* rule.h: it is one file, of many */
	struct api *api;
	struct policy *policy;
	struct tree tree;
	char *in_tree;		/* -M, where that is a folder of the tree */
	char **paths;		/* relative to the tree */
	size_t nr_paths;
	char *cache;
	struct coverage coverage;
	struct analysis analysis;
	struct attr_names *names;	/* NULL where no rule needs them */
	struct findings findings;
	struct suppressed suppressed;	/* by comments; not among `findings` */
	const struct rule **rules;	/* those to be checked */
	size_t nr_rules;
	size_t nr_read;		/* those and what fixing has to know */
};
#define EXAMINATION_INIT { .tree = TREE_INIT, .coverage = COVERAGE_INIT, \
	.analysis = ANALYSIS_INIT, .findings = FINDINGS_INIT, \
	.suppressed = SUPPRESSED_INIT }


/* Whether the cache knows the tree from an earlier run. */
bool examine_was_run(const struct examination *ex);

/* What its analysis is asked for; for one that is prepared. */
void examine_options(const struct examination *ex,
		     struct analysis_options *options);

/*
 * Both: find what `opt` asks for. 0; or -1 after an error(). Either way the caller
 * releases `ex`. `opt` must live as long.
 */
int examine(struct examination *ex, const struct options *opt);

/* Whether findings of that rule, one of ex->rules, are among `findings`. */
bool examination_reports(const struct examination *ex, const struct rule *rule);
/*
 * The beginning of it: the tree, what is known of the kernel, the rules.
 */
int examine_begin(struct examination *ex, const struct options *opt);

/* Open the cache, if that was not done. 0; or -1 after an error(). */
int examine_cache(struct examination *ex);

/* Of files that are given: whether one can matter. After examine_begin(). */
bool examine_is_relevant(const struct examination *ex);

/* The rest. After examine_begin(). */
int examine_end(struct examination *ex);

/*
 * Have the findings and the coverage name the files of a module as one wants to
 * read them: relative to its folder. Done by examine(), unless for fixing: the
 * paths are those of the flow until then.
 */
void examination_show(struct examination *ex);

void examination_release(struct examination *ex);

/*
 * At the end of a process: let go of what others can see. The memory, which
 * takes a seventh of the time to free, goes with the process; `ex` must live
 * until then.
 */
void examination_leave(struct examination *ex);

#endif

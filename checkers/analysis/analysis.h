/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H
#include "lib/compat.h"
#include "analysis/last-run.h"
#include "analysis/request.h"
#include "analysis/tree-conf.h"
#include "compile/compile-db.h"
#include "facts/program.h"
#include "findings/coverage.h"
#include "findings/finding.h"
#include "findings/suppressed.h"
#include "sparse/sparse.h"
#include "tree/tree.h"

struct api;
struct attr_names;
struct flow;
struct policy;
struct rule;
struct store;

/* What a run found, and what fix/ needs to change it. */
struct check_result {
	struct program program;
	struct flow *flow;	/* NULL where no rule needs it */
	struct flow *calls;	/* likewise */
	struct sparse sparse;	/* empty where no rule needs it */
	struct attr_names *names;	/* NULL where no rule needs them */
	struct findings findings;
	/* Not among `findings`: hidden by comments, by .dmacheck.conf. */
	struct suppressed suppressed, left_out;
	struct coverage coverage;
};
#define CHECK_RESULT_INIT { .program = PROGRAM_INIT, .sparse = SPARSE_INIT, \
	.findings = FINDINGS_INIT, .suppressed = SUPPRESSED_INIT, \
	.left_out = SUPPRESSED_INIT, \
	.coverage = COVERAGE_INIT }

/*
 * A run of the checker, for all commands that need findings:
 *
 *	open	the request: which tree, which rules, what is known
 *	read	the files that are relevant, and solve the flow from there,
 *		round by round, until it reaches no new file
 *	check	the rules, on what was read
 *	finish	the findings: in order, without what comments hide
 */
struct analysis {
	struct check_request request;
	/* What analysis_open() makes of it. */
	struct api *api;
	struct policy *policy;
	struct tree_conf conf;	/* of the tree; empty with request.no_config */
	struct tree tree;
	char *in_tree;		/* -M, where that is a folder of the tree */
	struct strvec paths;	/* relative to the tree */
	struct strvec excludes;	/* likewise */
	const struct rule **rules;	/* those to be checked */
	size_t nr_rules;
	size_t nr_read;		/* those and what fixing has to know */
	char *cache;		/* the folder; NULL until it is open */
	/* What is read. */
	struct store *store;
	struct compile_db compile_db;
	struct program followed;	/* the part of the program that the flow is of */
	bool flow_is_lost;	/* solving it crashed */
	struct intern_pool read;	/* files that single rules read */
	struct last_run seen;	/* for the next run */

	struct check_result result;
};
#define ANALYSIS_INIT { .request = CHECK_REQUEST_INIT, .tree = TREE_INIT, \
	.conf = TREE_CONF_INIT, \
	.paths = STRVEC_INIT, .excludes = STRVEC_INIT, .compile_db = COMPILE_DB_INIT, \
	.seen = LAST_RUN_INIT, .result = CHECK_RESULT_INIT }

/*
 * Do what is asked for: analysis_open() and analysis_finish(). 0, or -1 after an
 * error(); either way the caller releases `run`.
 */
int analysis_run(struct analysis *run, const struct check_request *request);

/* Open the tree, read what is known of the kernel, choose the rules. */
int analysis_open(struct analysis *run, const struct check_request *request);

/* Open the cache, if that was not done. 0; or -1 after an error(). */
int analysis_open_cache(struct analysis *run);

/* All the rest. */
int analysis_finish(struct analysis *run);

/*
 * Between analysis_open() and analysis_finish(): whether one of request.given is
 * relevant, by the names in it alone.
 */
bool analysis_is_relevant(struct analysis *run);

/* Likewise: whether the cache knows the tree from an earlier run. */
bool analysis_is_warm(const struct analysis *run);

/* Whether findings of that rule, one of run->rules, are reported. */
bool analysis_reports(const struct analysis *run, const struct rule *rule);

/*
 * Make the findings and the coverage name the files of a module as people read
 * them: relative to its folder. Done by analysis_finish(), unless for fixing: fix/
 * needs the paths of the flow.
 */
void analysis_show(struct analysis *run);

void analysis_release(struct analysis *run);

/*
 * At the end of a process: let go of what others can see. The memory, which
 * takes a seventh of the time to free, goes with the process; `run` must live
 * until then.
 */
void analysis_leave(struct analysis *run);

#endif

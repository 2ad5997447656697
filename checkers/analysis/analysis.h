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
	struct flow *flow;	/* NULL if no rule needs it */
	struct flow *calls;	/* likewise */
	struct sparse sparse;	/* empty if no rule needs it */
	struct attr_names *names;	/* NULL if no rule needs them */
	struct findings findings;
	/* Hidden by comments, by .dmacheck.conf; not in `findings`. */
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
 *	open	the tree and the kernel knowledge; choose the rules
 *	read	the relevant files, and solve the flow, round by round, until
 *		it reaches no new file
 *	check	the rules
 *	finish	the findings: sort them, and drop those that comments hide
 */
struct analysis {
	struct check_request request;
	/* Set by analysis_open(). */
	struct api *api;
	struct policy *policy;
	struct tree_conf conf;	/* of the tree; empty with request.no_config */
	struct tree tree;
	char *in_tree;		/* -M, where that is a folder of the tree */
	struct strvec paths;	/* relative to the tree */
	struct strvec excludes;	/* likewise */
	const struct rule **rules;	/* to be checked */
	size_t nr_rules;
	size_t nr_read;		/* with the rules that only fixing needs */
	char *cache;		/* the folder; NULL until it is open */
	/* Read. */
	struct store *store;
	struct compile_db compile_db;
	struct program followed;	/* the part of the program that the flow covers */
	bool flow_is_lost;	/* solving it crashed */
	struct intern_pool read;	/* files that single rules read */
	struct last_run seen;	/* the record for the next run */

	struct check_result result;
};
#define ANALYSIS_INIT { .request = CHECK_REQUEST_INIT, .tree = TREE_INIT, \
	.conf = TREE_CONF_INIT, \
	.paths = STRVEC_INIT, .excludes = STRVEC_INIT, .compile_db = COMPILE_DB_INIT, \
	.seen = LAST_RUN_INIT, .result = CHECK_RESULT_INIT }

/*
 * Do the whole run: analysis_open() and analysis_finish(). 0, or -1 after an
 * error(); the caller releases `run` in both cases.
 */
int analysis_run(struct analysis *run, const struct check_request *request);

/* Open the tree, read the kernel knowledge, choose the rules. */
int analysis_open(struct analysis *run, const struct check_request *request);

/* Open the cache, unless it is open. 0, or -1 after an error(). */
int analysis_open_cache(struct analysis *run);

/* Read, check and finish. */
int analysis_finish(struct analysis *run);

/*
 * Between analysis_open() and analysis_finish(): whether one of request.given is
 * relevant, judged by the names in it only.
 */
bool analysis_is_relevant(struct analysis *run);

/* Likewise: whether the cache has records of the tree. */
bool analysis_is_warm(const struct analysis *run);

/* Whether findings of that rule, one of run->rules, are reported. */
bool analysis_reports(const struct analysis *run, const struct rule *rule);

/*
 * In the findings and the coverage, make the paths of a module's files relative
 * to its folder. analysis_finish() does it, except for fixing: fix/ needs the
 * paths of the flow.
 */
void analysis_show(struct analysis *run);

void analysis_release(struct analysis *run);

/*
 * At the end of a process: release locks and files only. Freeing the memory
 * would take a seventh of the time; the process frees it when it ends. `run`
 * must live until then.
 */
void analysis_leave(struct analysis *run);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H
#include "lib/compat.h"
#include "facts/program.h"
#include "findings/coverage.h"
#include "sparse/sparse.h"
#include "compile/compile-db.h"
#include "tree/tree.h"

struct api;
struct flow;
struct policy;
struct rule;
struct store;

/*
 * The way of the data up to the rules, for all commands that need it:
 * tree -> facts -> flow.
 */
struct analysis_options {
	const struct tree *tree;
	const struct api *api;
	const char *objtree;		/* -O, or NULL */
	const char *cache;		/* dmacheck's cache folder; exists */
	bool no_cache, no_make;
	bool settled;			/* see compile_db_options */
	const char *module_objtree;	/* --mo, or NULL */
	unsigned int jobs;
	const char *const *paths;	/* relative to the root; 0: all */
	size_t nr_paths;
	const struct rule *const *rules;	/* what is to be checked */
	size_t nr_rules;
	const struct policy *policy;	/* or NULL */
	/*
	 * The commands of the only files there are, instead of those of the
	 * tree: nothing else is looked at. Or NULL.
	 */
	const struct compile_db *given;
	/*
	 * Read also whoever calls a function that maps user memory: others may
	 * bring other memory to it.
	 */
	bool callers;
};

struct analysis {
	struct compile_db compile_db;
	struct store *store;
	struct program program;
	struct flow *flow;	/* NULL where no rule needs it */
	struct flow *calls;	/* likewise */
	struct sparse sparse;	/* empty where no rule needs it */
	struct intern_pool read;	/* files that single rules read */
};
#define ANALYSIS_INIT { COMPILE_DB_INIT, NULL, PROGRAM_INIT, NULL, NULL, \
	SPARSE_INIT, INTERN_POOL_INIT }

/*
 * Analyse what the rules need: for user memory its sources wherever they are,
 * and all files that the flow reaches from there; for the others the files
 * that they read, below the paths. What was covered is added to `coverage`, whose
 * files_total counts below the paths. Returns 0, or -1 after an error();
 * either way the caller releases `analysis`.
 */
int analysis_run(struct analysis *analysis,
		 const struct analysis_options *options,
		 struct coverage *coverage);

/*
 * Whether one of the files of options->given can matter: by the names in
 * them alone, which takes no time.
 */
bool analysis_is_relevant(const struct analysis_options *options);

void analysis_release(struct analysis *analysis);

#endif

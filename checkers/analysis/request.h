/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_REQUEST_H
#define ANALYSIS_REQUEST_H
#include "lib/compat.h"
#include "lib/progress.h"
#include "lib/strvec.h"

struct compile_db;
struct intern_pool;
struct overlay;
struct rule;
struct share;

/* The parsers of kernel code. */
enum engine {
	ENGINE_CLANG = 1,
	ENGINE_SPARSE = 2,
};

/*
 * The request of a run. cli/ fills it in from the command line; nothing below
 * changes it. Its strings and lists must outlive the run. What changes the result
 * is part of the key in kept.c.
 */
struct check_request {
	const char *tree;		/* the source tree */
	const char *objtree, *arch;	/* NULL: not given */
	const char *module, *module_objtree;	/* -M, --mo; or NULL */
	struct strvec make_variables;	/* "VAR=VALUE", for the module's make */
	const char *cache;		/* its folder; NULL: the default */
	bool no_cache, no_make, no_config;
	unsigned int jobs;
	size_t memory;			/* bytes that a worker may take; 0: any number */
	enum progress_mode progress;
	unsigned int engines;		/* of enum engine */
	struct strvec policies, apis;	/* files to add to the built-in ones */
	struct strvec excludes;	/* paths, as typed: nothing there is reported */
	const struct rule **rules;	/* none: all that are not opt-in */
	size_t nr_rules, alloc_rules;
	const char *const *paths;	/* as typed; none: the whole tree */
	size_t nr_paths;
	/* The findings are to be fixed: also read the files that fix/ needs. */
	bool fixing;
	/* The caller asks the flow after the run, so that the files must be read. */
	bool ask_flow;
	/* Contents that replace those of some files of the tree; or NULL. */
	const struct overlay *overlay;
	/*
	 * The files that a change touches, instead of `paths`; or NULL. Rules
	 * that read single files read only there; findings elsewhere are kept.
	 */
	const struct intern_pool *touched;
	/*
	 * The commands of the only files to read; or NULL. Rules that need more
	 * than the facts of these files do not run.
	 */
	const struct compile_db *given;
	/* Read only these, and do not check: analysis/share.h; or NULL. */
	const struct share *share;
	bool before;		/* `touched`: this is the tree without the change */
	bool alone;		/* rule.h: it is one file, of many */
};
#define CHECK_REQUEST_INIT { \
	.tree = ".", .jobs = 1, .engines = ENGINE_CLANG | ENGINE_SPARSE, \
	.make_variables = STRVEC_INIT, \
	.policies = STRVEC_INIT, .apis = STRVEC_INIT, .excludes = STRVEC_INIT }

#endif

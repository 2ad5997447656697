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

/* What reads the kernel's code. */
enum engine {
	ENGINE_CLANG = 1,
	ENGINE_SPARSE = 2,
};

/*
 * What a run is asked for. cli/ fills it in from the command line; nothing
 * below changes it. What it points to must outlive the run.
 */
struct check_request {
	const char *tree;		/* the source tree */
	const char *objtree, *arch;	/* NULL: not given */
	const char *module, *module_objtree;	/* of one outside of it; or NULL */
	struct strvec make_variables;	/* "VAR=VALUE", for the module's make */
	const char *cache;		/* its folder; NULL: the default */
	bool no_cache, no_make, no_config;
	unsigned int jobs;
	enum progress_mode progress;
	unsigned int engines;		/* of enum engine */
	struct strvec policies, apis;	/* files to add to the built-in ones */
	struct strvec excludes;	/* paths, as typed: nothing there is reported */
	const struct rule **rules;	/* none: all that are not opt-in */
	size_t nr_rules, alloc_rules;
	const char *const *paths;	/* as they were typed; none: all */
	size_t nr_paths;
	/* The findings are to be fixed: read also what fix/ has to know. */
	bool fixing;
	/* Content that stands for some of the tree's files; or NULL. */
	const struct overlay *overlay;
	/*
	 * The files that a change touches, in place of `paths`; or NULL. Rules
	 * that read single files look there; findings elsewhere stay.
	 */
	const struct intern_pool *touched;
	/*
	 * The only files there are, by their commands; or NULL. Rules that need
	 * more than libclang's facts of these files do not run.
	 */
	const struct compile_db *given;
	bool before;		/* `touched`: the tree as it is without the change */
	bool alone;		/* rule.h: it is one file, of many */
};
#define CHECK_REQUEST_INIT { \
	.tree = ".", .jobs = 1, .engines = ENGINE_CLANG | ENGINE_SPARSE, \
	.make_variables = STRVEC_INIT, \
	.policies = STRVEC_INIT, .apis = STRVEC_INIT, .excludes = STRVEC_INIT }

#endif

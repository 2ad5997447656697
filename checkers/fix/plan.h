/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_PLAN_H
#define FIX_PLAN_H
#include "lib/compat.h"
#include "fix/fix.h"
#include "fix/names.h"
/*
 * What has to be changed for a finding: which rule of semantic-patches/ on
 * which calls.
 */
/* What add-attrs-parameter does: see there. */
enum plan_how {
	HELPER_NONE,		/* it is another semantic patch */
	HELPER_DECLARE,		/* definition and declarations of the file */
	HELPER_CALL,		/* the calls in `function` pass `attr`, too */
	HELPER_PASS,		/* `attr` is or-ed to their last argument */
};

struct plan_change {
	const char *patch;	/* "add-require-coherent" */
	char *attr;		/* for the rule's `attr`, or NULL */
	char *file, *function;
	unsigned int line, column;	/* of the call */
	char *helper;		/* the function that gets a parameter */
	enum plan_how how;
	unsigned int nr_args;	/* of the helper, before */
	bool again;		/* the last one is like `attr` already */
	const char *include;	/* that `attr` needs and the file lacks, or NULL */
};

struct plan {
	const struct finding *finding;
	struct plan_change *changes;
	size_t nr, alloc;
	char *why_not;		/* no fix is certain; NULL if there is one */
};

struct api_function;

/* A call by where it stands; line 0: there is none. */
struct plan_via {
	char *file;
	unsigned int line, column;
};

/* A map, or an unmap with the maps that it ends, by where they stand. */
struct plan_site {
	char *file, *function, *module;
	const struct api_function *api;
	unsigned int line, column;
	int param;		/* of its function: the attributes, or -1 */
	struct plan_via via;	/* that brings it to its function */
};

struct plan_pairing {
	struct plan_site unmap, *maps;
	size_t nr_maps;
	uint64_t lost;		/* attributes that all maps have and it lacks */
	bool whole;		/* nothing else comes there */
	bool certain;		/* `lost` is all that differs */
	bool wc;		/* all of it is from dma_alloc_wc() */
};

/* A mapping in a helper, and the caller that brings user memory to it. */
struct plan_caller {
	char *file, *caller;
	unsigned int line, column;	/* of the mapping */
};

/* What planning asks again and again. */
struct planner {
	const struct fix_options *opt;
	struct plan_pairing *pairings;
	size_t nr, alloc;
	struct plan_site *sites;	/* all maps and unmaps */
	size_t nr_sites, alloc_sites;
	struct plan_caller *callers;	/* asked for when first needed */
	size_t nr_callers, alloc_callers;
	bool has_callers;
	struct intern_pool names;	/* helper.c: of functions */
	struct name_uses uses;	/* of these, asked for likewise */
	bool has_names;
};

void planner_init(struct planner *planner, const struct fix_options *opt);
void planner_release(struct planner *planner);

/* Plan one; to be released with plan_release(). */
void plan_make(struct planner *planner, const struct finding *finding,
	       struct plan *plan);
void plan_release(struct plan *plan);

#endif

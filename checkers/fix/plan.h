/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_PLAN_H
#define FIX_PLAN_H
#include "lib/compat.h"
#include "fix/fix.h"
#include "fix/names.h"
/*
 * The changes that a finding needs: which rule of semantic-patches/ is applied
 * to which calls.
 */
/* The task of add-attrs-parameter.cocci. */
enum plan_how {
	HELPER_NONE,		/* another semantic patch */
	HELPER_DECLARE,		/* change definition and declarations */
	HELPER_CALL,		/* let the calls in `function` pass `attr` */
	HELPER_PASS,		/* `attr` is or-ed to their last argument */
};

/* What may change beside the call itself. */
enum plan_extent {
	EXTENT_CALL,		/* nothing */
	EXTENT_BEHIND,		/* a statement is added behind it */
	EXTENT_FUNCTION,	/* anything in `function` */
};

struct plan_change {
	const char *patch;	/* "add-require-coherent" */
	char *attr;		/* for the rule's `attr` or `value_of`; or NULL */
	const char *value_of;	/* what the rule calls it, if not `attr` */
	char *file, *function;
	unsigned int line, column;	/* of the call */
	char *helper;		/* the function that gets a parameter */
	enum plan_how how;
	unsigned int nr_args;	/* of the helper, before */
	bool again;		/* the last argument looks like `attr` already */
	const char *include;	/* a header that `attr` needs, or NULL */
	enum plan_extent extent;
	const char *unchanged;	/* why, if spatch changes nothing; or NULL */
};

struct plan {
	const struct finding *finding;
	struct plan_change *changes;
	size_t nr, alloc;
	char *why_not;		/* no fix is certain; NULL if there is one */
};

struct api_function;

/* The place of a call; line 0: none. */
struct plan_via {
	char *file;
	unsigned int line, column;
};

/* The place of a map or an unmap. */
struct plan_site {
	char *file, *function, *module;
	const struct api_function *api;
	unsigned int line, column;
	int param;		/* of its function, with the attributes, or -1 */
	struct plan_via via;	/* the call that passes the memory there */
};

struct plan_pairing {
	struct plan_site unmap, *maps;
	size_t nr_maps;
	uint64_t lost;		/* attributes of all maps that the unmap lacks */
	bool whole;		/* `maps` is complete */
	bool certain;		/* `lost` is the only difference */
	bool wc;		/* all memory comes from dma_alloc_wc() */
	int map_direction, unmap_direction;	/* enum dma_data_direction, -1 */
};

/* A mapping in a helper, and the caller that passes user memory to it. */
struct plan_caller {
	char *file, *caller;
	unsigned int line, column;	/* of the mapping */
};

/* What is collected once for all plans. */
struct planner {
	const struct fix_options *opt;
	struct plan_pairing *pairings;
	size_t nr, alloc;
	struct plan_site *sites;	/* all maps and unmaps */
	size_t nr_sites, alloc_sites;
	struct plan_caller *callers;	/* collected when first needed */
	size_t nr_callers, alloc_callers;
	bool has_callers;
	struct intern_pool names;	/* of functions, for helper.c */
	struct name_uses uses;	/* of these names, likewise */
	bool has_names;
};

void planner_init(struct planner *planner, const struct fix_options *opt);
void planner_release(struct planner *planner);

/* Plan one; to be released with plan_release(). */
void plan_make(struct planner *planner, const struct finding *finding,
	       struct plan *plan);
void plan_release(struct plan *plan);

#endif

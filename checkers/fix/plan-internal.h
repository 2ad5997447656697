/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_PLAN_INTERNAL_H
#define FIX_PLAN_INTERNAL_H
/*
 * Shared by the files that plan only.
 *
 *	plan.c		what has to be changed for a finding
 *	helper.c	the same where a function maps for several callers
 *	helper-uses.c	who names such a function
 *	size.c		the size for an unmap
 */
#include "fix/plan.h"

#define REQUIRE_COHERENT "DMA_ATTR_REQUIRE_COHERENT"

/* --- plan.c --- */

struct plan_change *plan_add(struct plan *plan, const char *patch,
			     const char *attr, const struct plan_site *site);
bool plan_same_site(const struct plan_site *site, const char *file,
		    unsigned int line, unsigned int column);
/* Whether missing-require-coherent is found at that map. */
bool plan_is_missing(const struct planner *planner,
		     const struct plan_site *map);
/*
 * The caller that passes user memory to the function of the finding, if others
 * pass other memory; or NULL. The string belongs to the planner.
 */
const char *plan_who_brings(struct planner *planner, const struct finding *f);
/* Whether the file of the map unmaps it, and `unmap` is in another file. */
bool plan_ends_at_home(const struct planner *planner,
		       const struct plan_site *map,
		       const struct plan_site *unmap);
bool plan_is_paired(const struct planner *planner,
		    const struct plan_site *unmap);

/* --- helper.c --- */

/*
 * Plan for a finding in a function that also maps other memory: a parameter
 * lets its callers pass the attributes.
 */
void plan_helper(struct planner *planner, struct plan *plan);

/*
 * Why the finding cannot be fixed, if the function that maps gets its memory
 * from a function whose callers do not all pass user memory; else NULL. The
 * caller frees it.
 */
char *plan_shared_above(struct planner *planner,
			const struct finding *finding);

/* --- size.c --- */

/* Plan for an unmap or a free with another size than the map. */
void plan_size(struct planner *planner, struct plan *plan);

/* --- helper-uses.c --- */

/* A function that gets the parameter, or already has it. */
struct helper_target {
	const char *file, *name;	/* where it is defined */
	const struct name_use **uses;	/* all uses of this function */
	size_t nr;
	int param;		/* number of the attributes, -1: none yet */
	char *attr;		/* the parameter's name */
};

/* Search the tree once for all functions that may get a parameter. */
void helper_find_names(struct planner *planner);

/*
 * Find all uses of the function. Returns why it cannot get a parameter, or
 * NULL; the caller frees it.
 */
char *helper_find_uses(const struct planner *planner, struct helper_target *t);

/*
 * The same, and choose the name of the parameter: a new one, or that of the
 * parameter that the function already has.
 */
char *helper_prepare(const struct planner *planner, struct helper_target *t);
void helper_release(struct helper_target *t);

#endif

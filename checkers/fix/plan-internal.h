/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_PLAN_INTERNAL_H
#define FIX_PLAN_INTERNAL_H
/*
 * Shared by the files that plan only.
 *
 *	plan.c		what has to be changed for a finding
 *	helper.c	the same where a function maps for several callers
 *	helper-uses.c	who names such a function
 */
#include "fix/plan.h"

#define REQUIRE_COHERENT "DMA_ATTR_REQUIRE_COHERENT"

/* --- plan.c --- */

struct plan_change *plan_add(struct plan *plan, const char *patch,
			     const char *attr, const struct plan_site *site);
bool plan_same_site(const struct plan_site *site, const char *file,
		    unsigned int line, unsigned int column);
/* Whether what is mapped there is found to be user memory without it. */
bool plan_is_missing(const struct planner *planner,
		     const struct plan_site *map);
/*
 * The caller that brings user memory where others bring other memory, the
 * planner's; or NULL.
 */
const char *plan_who_brings(struct planner *planner, const struct finding *f);
/* Whether the map's own file ends it, and the unmap is in another one. */
bool plan_ends_at_home(const struct planner *planner,
		       const struct plan_site *map,
		       const struct plan_site *unmap);
bool plan_is_paired(const struct planner *planner,
		    const struct plan_site *unmap);

/* --- helper.c --- */

/*
 * Plan for a finding in a function that maps other memory, too: its callers
 * say by a parameter what theirs needs.
 */
void plan_helper(struct planner *planner, struct plan *plan);

/*
 * Whether the function that maps has its memory from one that passes on what
 * its own callers bring, which is not user memory for all of them. If so why
 * that cannot be fixed; the caller frees it.
 */
char *plan_shared_above(struct planner *planner,
			const struct finding *finding);

/* --- helper-uses.c --- */

/* A function that gets the parameter, or has it. */
struct helper_target {
	const char *file, *name;	/* where it is defined */
	const struct name_use **uses;	/* all that are of this function */
	size_t nr;
	int param;		/* which the attributes are, -1: none yet */
	char *attr;		/* the parameter's name */
};

/* Look for all functions that may come to get a parameter, at once. */
void helper_find_names(struct planner *planner);

/*
 * All uses of the function; why it cannot be given a parameter, or NULL. The
 * caller frees it.
 */
char *helper_find_uses(const struct planner *planner, struct helper_target *t);

/*
 * The same, and the parameter's name: one that the function does not have yet,
 * or that of its last one.
 */
char *helper_prepare(const struct planner *planner, struct helper_target *t);
void helper_release(struct helper_target *t);

#endif

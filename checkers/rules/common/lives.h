/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_LIVES_H
#define RULES_COMMON_LIVES_H
/*
 * What becomes of each mapping (lifetime/), for rules: computed once for all
 * of them.
 */
#include "lifetime/lifetime.h"
#include "rules/common/scan.h"

struct lifetimes *rule_lifetimes(struct rule_run *run);

/*
 * Call `fn` for each mapping and allocation in the functions that are scanned
 * for findings. `s` is that function.
 */
void lives_each(struct rule_run *run,
		void (*fn)(const struct scan *s, const struct life *life,
			   void *data), void *data);

/* The same for each function. */
void lives_each_function(struct rule_run *run,
			 void (*fn)(const struct scan *s,
				    const struct life_function *f, void *data),
			 void *data);

/* A step at op `op` of any function. */
void lives_step(struct finding *f, const struct view *v, uint32_t op,
		const char *message);

/* The name of the function that maps or allocates, as the source has it. */
const char *life_name(const struct scan *s, const struct life *life);

/* A step at `op`, if there is one. */
void life_add_step(struct finding *f, const struct scan *s, uint32_t op,
		   const char *message);

/* What all rules read that ask for them. */
extern const char *const lives_names[];

#endif

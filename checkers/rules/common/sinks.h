/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_SINKS_H
#define RULES_COMMON_SINKS_H
#include "lib/compat.h"
#include "flow/flow.h"
#include "lib/intern.h"
#include "rules/rule.h"
/*
 * What the rules about mappings of user memory (flow_each_sink()) have in
 * common.
 */

/* A finding of the rule that runs, at the mapping, with the way there. */
struct finding *sink_report(struct rule_run *run, const struct flow_sink *sink,
			    const char *fmt, ...) printf_like(3, 4);

/*
 * Whether policy.conf says that the mapping is right, or is none of user
 * memory: to the rule that runs, or to missing-require-coherent.
 */
bool sink_is_ignored(const struct rule_run *run, const struct flow_sink *sink);

/*
 * A set of places in the source, to leave out what another question has
 * answered. All zero is an empty one.
 */
struct places {
	struct intern_pool pool;
};

void places_add(struct places *places, const struct location *loc);
bool places_have(const struct places *places, const struct location *loc);
void places_release(struct places *places);

/* For flow_each_sink(): `data` is the struct places to add the mapping to. */
void places_add_sink(const struct flow_sink *sink, void *data);

#endif

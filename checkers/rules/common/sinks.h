/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_SINKS_H
#define RULES_COMMON_SINKS_H
#include "lib/compat.h"
#include "flow/flow.h"
#include "lib/intern.h"
#include "rules/rule.h"
/*
 * Shared by the rules about mappings of user memory (flow_each_sink()).
 */

/* A finding of the current rule at the mapping, with the trace from the source. */
struct finding *sink_report(struct rule_run *run, const struct flow_sink *sink,
			    const char *fmt, ...) printf_like(3, 4);

/*
 * Whether policy.conf says, for the current rule or for missing-require-coherent,
 * that the mapping is right or is not one of user memory.
 */
bool sink_is_ignored(const struct rule_run *run, const struct flow_sink *sink);

/*
 * A set of places in the source, to leave out mappings that another query has found.
 * All zero is an empty set.
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

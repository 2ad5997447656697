/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_PLACES_H
#define RULES_COMMON_PLACES_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "findings/finding.h"
/*
 * A set of places in the source, to leave out what another question has
 * answered. All zero is an empty one.
 */
struct flow_sink;
struct places {
	struct intern_pool pool;
};

void places_add(struct places *places, const struct location *loc);
bool places_have(const struct places *places, const struct location *loc);
void places_release(struct places *places);

/* For flow_each_sink(): `data` is the struct places to add the mapping to. */
void places_add_sink(const struct flow_sink *hit, void *data);

#endif

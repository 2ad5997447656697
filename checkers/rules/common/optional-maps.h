/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_OPTIONAL_MAPS_H
#define RULES_COMMON_OPTIONAL_MAPS_H
/*
 * Members that are mapped on a condition of their own, such as
 * `if (t->tx_buf) t->tx_dma = dma_map_single(...)`, and unmapped without it.
 */
#include "rules/common/scan.h"

/* A member that is unmapped whether it was mapped or not. */
struct optional_unmap {
	const struct op *op;		/* the unmap, in the function at hand */
	struct view mapped_in;
	uint32_t map;			/* the map: an op of that function */
	const char *condition;		/* its text */
};

/*
 * Call `fn` for each, where neither the condition nor the member is tested in
 * the function: one that unmaps it whatever the path, or together with another
 * one that is mapped on another condition.
 */
void optional_unmaps_each(struct rule_run *run,
			  void (*fn)(const struct scan *s,
				     const struct optional_unmap *u,
				     void *data), void *data);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_PAIRING_H
#define RULES_COMMON_PAIRING_H
#include "lib/compat.h"
#include "findings/finding.h"
/*
 * Shared by the rules about both ends of a mapping or an allocation: comparing
 * attributes, and reporting a difference.
 */
struct api_function;
struct constants;
struct flow_pairing;
struct flow_partner;
struct rule_run;
struct tree;

/*
 * The attributes that must be the same in map and unmap, allocation and free:
 * DMA_ATTR_UNMAP_VALID of the tree's kernel/dma/debug.c, or, in a tree that does not
 * define it, those of Linux 7.2 that the tree has.
 */
uint64_t unmap_valid(const struct tree *tree);

/*
 * The names of `bits` in the tree's dma-mapping.h, joined by " | "; the caller frees
 * it.
 */
char *attr_names(const struct tree *tree, uint64_t bits);

/* The attributes for allocations only, and for maps only. */
uint64_t attrs_of_allocations(const struct tree *tree);
uint64_t attrs_of_maps(const struct tree *tree);

/* Whether `unmap` can end what `map` begins, by their families. */
bool pairing_in_family(const struct api_function *map,
		       const struct api_function *unmap);

/* The bits of any value, those of all values; whether other values are impossible. */
uint64_t constants_any(const struct constants *set);
uint64_t constants_common(const struct constants *set);
bool constants_known(const struct constants *set);

/* Attributes that only one side of a pair has. */
struct attr_difference {
	uint64_t lost;		/* the map */
	uint64_t added;		/* the unmap */
};

/*
 * Which of `bits` certainly differ between the two. A bit that one side has on some
 * branch counts, unless another unmap of the same map has it, too. If not all values
 * are known, none differs.
 */
struct attr_difference attrs_compare(const struct tree *tree,
				     const struct flow_partner *map,
				     const struct flow_partner *unmap,
				     uint64_t bits);

/* "mapped" or "allocated", "unmapped" or "freed". */
const char *pairing_done(const struct flow_partner *map);
const char *pairing_undone(const struct flow_partner *unmap);

/*
 * The difference in `bits` between the unmap and its first map; none if another of
 * its maps has no such difference.
 */
struct attr_difference pairing_difference(const struct tree *tree,
					  const struct flow_pairing *pairing,
					  uint64_t bits);

/*
 * A finding of the current rule at the unmap, with steps for the map and the callers.
 */
struct finding *pairing_report(struct rule_run *run,
			       const struct flow_pairing *pairing,
			       const char *fmt, ...) printf_like(3, 4);
/*
 * The same with the message "allocated with A, but freed without", or "unmapped with
 * A, but mapped without" if only the unmap has it.
 */
struct finding *pairing_report_attrs(struct rule_run *run,
				     const struct flow_pairing *pairing,
				     struct attr_difference difference);

#endif

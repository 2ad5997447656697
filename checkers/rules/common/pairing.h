/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_PAIRING_H
#define RULES_COMMON_PAIRING_H
#include "lib/compat.h"
#include "findings/finding.h"
/*
 * What the rules about both ends of a mapping or an allocation have in
 * common: comparing attributes, and how to tell of it.
 */
struct api_function;
struct constants;
struct flow_pairing;
struct flow_partner;
struct rule_run;
struct tree;

/*
 * The attributes that have to be the same when memory is mapped and unmapped,
 * allocated and freed: DMA_ATTR_UNMAP_VALID of the tree's kernel/dma/debug.c,
 * or, in a tree that does not define it, those of Linux 7.2 that it has.
 */
uint64_t unmap_valid(const struct tree *tree);

/*
 * The names of `bits`, joined by " | ", those of the tree's dma-mapping.h;
 * the caller frees it.
 */
char *attr_names(const struct tree *tree, uint64_t bits);

/* The attributes that only allocations, only maps, may carry. */
uint64_t attrs_of_allocations(const struct tree *tree);
uint64_t attrs_of_maps(const struct tree *tree);

/* Whether `unmap` can end what `map` begins, by their families. */
bool pairing_in_family(const struct api_function *map,
		       const struct api_function *unmap);

/* The bits of any value, those of all; whether no other value is possible. */
uint64_t constants_any(const struct constants *set);
uint64_t constants_common(const struct constants *set);
bool constants_known(const struct constants *set);

/* Attributes that only one side of a pair has. */
struct attr_difference {
	uint64_t lost;		/* the map */
	uint64_t added;		/* the unmap */
};

/*
 * Which of `bits` differ for certain between the two. What a side has on
 * some branch only it has, unless another unmap of the same map has it too.
 * Where not all is known, none does.
 */
struct attr_difference attrs_compare(const struct tree *tree,
				     const struct flow_partner *map,
				     const struct flow_partner *unmap,
				     uint64_t bits);

/* "mapped" or "allocated", "unmapped" or "freed". */
const char *pairing_done(const struct flow_partner *map);
const char *pairing_undone(const struct flow_partner *unmap);

/*
 * The difference in `bits` between the unmap and its first map; none where
 * another of its maps has no such difference.
 */
struct attr_difference pairing_difference(const struct tree *tree,
					  const struct flow_pairing *pairing,
					  uint64_t bits);

/*
 * A finding of the rule that runs, where it is unmapped, with the steps: where
 * it is mapped, and for which callers.
 */
struct finding *pairing_report(struct rule_run *run,
			       const struct flow_pairing *pairing,
			       const char *fmt, ...) printf_like(3, 4);
/*
 * With "allocated with A, but freed without" for its message; or "unmapped
 * with A, but mapped without" where only the unmap has it.
 */
struct finding *pairing_report_attrs(struct rule_run *run,
				     const struct flow_pairing *pairing,
				     struct attr_difference difference);

#endif

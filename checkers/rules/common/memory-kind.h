/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_MEMORY_KIND_H
#define RULES_COMMON_MEMORY_KIND_H
/*
 * Whether a pointer is memory of one kind, such as that of dma_alloc_coherent(),
 * and nothing else: through variables, what functions return, and members and
 * globals in which the module never keeps anything else.
 */
#include "rules/common/scan.h"

/* The call that the memory comes from. */
struct memory_origin {
	struct view v;
	uint32_t op;		/* NO_OP: it is not known */
};

struct memory_filling;

struct memory_kind {
	struct rule_run *run;
	/* Whether the call returns such memory. */
	bool (*is_origin)(const struct scan *s, const struct op *op);
	struct intern_pool mixed;	/* members that hold others, too */
	struct intern_pool returns;	/* keys of functions that return it, */
	struct memory_origin *returned;	/* and where that comes from */
	size_t alloc_returned;
	struct memory_filling *fillings;	/* of members */
	size_t nr_fillings, alloc_fillings;
};

/*
 * Look for such memory in all that `run` has read. Give it back with
 * memory_kind_release().
 */
void memory_kind_init(struct memory_kind *k, struct rule_run *run,
		      bool (*is_origin)(const struct scan *s,
					const struct op *op));
void memory_kind_release(struct memory_kind *k);

/*
 * Whether argument `arg` of the call `at`, or what it is computed from, is such
 * memory, whatever the path; where it comes from is in *origin then.
 */
bool memory_kind_is(const struct memory_kind *k, const struct scan *s,
		    uint32_t at, int arg, struct memory_origin *origin);

/*
 * The calls that take a pointer for one into the kernel's own mapping of all
 * RAM: those of the API, and those of functions that hand their parameter on to
 * one.
 */
struct memory_uses {
	struct intern_pool functions;	/* "key parameter", */
	struct memory_origin *uses;	/* and the call of the API */
	size_t alloc_uses;
};
#define MEMORY_USES_INIT { INTERN_POOL_INIT, NULL, 0 }
void memory_uses_find(struct memory_uses *u, struct rule_run *run);
void memory_uses_release(struct memory_uses *u);

/* Whether the call takes argument `arg` so; *use is the call of the API then. */
bool memory_is_used(const struct memory_uses *u, const struct scan *s,
		    const struct op *op, int arg, struct memory_origin *use);

/* A step at the call of the API, if `op` is another one. */
void memory_use_step(struct finding *f, const struct scan *s,
		     const struct op *op, const struct memory_origin *use);

#endif

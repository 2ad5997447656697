/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIFETIME_INTERNAL_H
#define LIFETIME_INTERNAL_H
/*
 * Shared by the files of lifetime/ only:
 *
 *	summary.c	what each function does for its callers
 *	names.c		what a mapping is called by
 *	conditions.c	what is asked more than once
 *	tests.c		what a test says of it
 *	undo.c		what undoes it on the way
 *	walk.c		the paths
 *	origins.c	where an address comes from, regardless of paths
 */
#include "lib/compat.h"

#include "lib/intern.h"
#include "lifetime/lifetime.h"

struct filling;

struct life_caller {
	uint32_t callee, caller, op;
};

struct lifetimes {
	const struct api *api;
	const struct program *program;
	struct life_function *functions;
	size_t nr_functions, alloc_functions;
	struct intern_pool keys;	/* of functions: index in functions */
	struct intern_pool fields;	/* "record.field" */
	struct intern_pool asked, released;	/* of fields */
	struct intern_pool probes;	/* keys of functions */
	struct intern_pool conditions;	/* their texts */
	struct life *lives;
	size_t nr_lives, alloc_lives;
	bool are_walked;
	struct life_caller *callers;	/* by the callee */
	size_t nr_callers, alloc_callers;
	struct filling *fillings;	/* origins.c */
	size_t nr_fillings, alloc_fillings;
	bool are_filled;
	size_t given_up;
};

static inline const struct block *life_block(const struct life_function *f,
					     uint32_t block)
{
	return &f->v.set->blocks[f->v.fn->first_block + block];
}

/* The name that an OP_CALL calls, without a file; or "". */
const char *life_callee_name(const struct life_function *f,
			     const struct op *op);
/* Its entry in kernel-api.conf if that has one of `roles`, or NULL. */
const struct api_function *life_api(const struct lifetimes *l,
				    const struct life_function *f,
				    const struct op *op, unsigned int roles);
#define LIFE_MAPS	(API_SINK | API_MMIO)
#define LIFE_ALLOCS	(API_ALLOC | API_POOL_ALLOC)
#define LIFE_RELEASES	(API_UNMAP | API_FREE | API_POOL_FREE)
/* The number of a member that has no place, by its name; or INTERN_NONE. */
uint32_t life_text_field(struct lifetimes *l, const struct life_function *f,
			 const char *text);

/*
 * The arguments by which a call that releases or asks names what it is about:
 * the address, and the memory of an allocation; API_NONE where there is none.
 */
void life_handles(const struct api_function *api, int handles[2]);

/* --- one function --- */

#define MAX_NAMES 6
#define MAX_SCALARS 24
#define MAX_FAILURES 64
#define MAX_CONDITIONS 64
#define NO_CONDITION 0xff

/*
 * What the mapping is called: a place, and for members the text. It is stale if an
 * index in the text has another value now: it is kept in one of these then.
 */
struct life_name {
	uint32_t place, text;	/* text: 0 where there is none */
	bool is_stale;
};

/* What a number or a pointer can be: a set of these. */
enum life_sign { SIGN_NEGATIVE = 1, SIGN_ZERO = 2, SIGN_POSITIVE = 4,
		 SIGN_ANY = 7 };

enum life_state {
	LIFE_NONE,		/* not mapped yet */
	LIFE_UNASKED,		/* mapped; whether it failed is not known */
	LIFE_GOOD,
	LIFE_FAILED,
	LIFE_RELEASED,
};

enum life_flag {
	LIFE_STORED = 1,	/* in a field or a global */
	LIFE_OUT = 2,		/* where a caller's pointer points to */
	LIFE_PASSED = 4,	/* to a function that nothing is known of */
	LIFE_ASKED = 8,		/* somebody has asked whether it failed */
	LIFE_OLDER = 16,	/* the same call has mapped another one since */
	LIFE_FAILING = 32,	/* something else failed */
	/* What a test of the number of entries said: too many, say. */
	LIFE_COUNT_YES = 64, LIFE_COUNT_NO = 128,
	LIFE_LATER = 256,	/* its round of the loop is over */
};

struct life_path {
	uint16_t flags;
	uint8_t state;
	uint8_t nr_names;
	uint8_t verdict_fails;	/* the signs of `verdict` that say "failed" */
	uint32_t verdict;	/* a place that says whether it failed, */
	uint32_t copy;		/* and one that says the same */
	uint32_t failed;	/* the test that says that it failed */
	uint64_t failures;	/* of w->failures: what it was left by */
	uint32_t released;	/* where it was, in state LIFE_RELEASED */
	struct life_name names[MAX_NAMES];
	uint8_t signs[MAX_SCALARS];
	uint64_t known, truth;	/* of conditions */
};

/* A condition that is asked more than once; left: of "left == CONSTANT". */
struct life_condition {
	uint32_t id, left;	/* in l->conditions */
};

/* The condition that a block tests. */
struct life_asked {
	uint8_t condition;	/* or NO_CONDITION */
	bool is_negated;
};

/* What stays the same while a function's paths are walked. */
struct life_walk {
	struct lifetimes *l;
	const struct life_function *f;
	struct life *life;
	uint32_t scalars[MAX_SCALARS];	/* places; the first is returned */
	uint32_t nr_scalars;
	struct life_condition conditions[MAX_CONDITIONS];
	uint32_t nr_conditions;
	struct life_asked *asked;	/* of each block */
	uint32_t *loop_ends;	/* of each block, walk.c */
	uint32_t failures[MAX_FAILURES];	/* tests that leave the function */
	uint32_t nr_failures;
	bool returns_pointer, has_errors;
};

/* names.c */
bool life_named(const struct life_path *p, uint32_t place);
/* Whether it is the value of `place`, and not only of one member called so. */
bool life_is_variable(const struct life_path *p, uint32_t place);
/* Whether argument `arg` of `op` is one of the names; *exact: for sure. */
bool life_is_named(const struct life_walk *w, const struct life_path *p,
		   const struct op *op, int arg, bool *exact);
/* Whether a name of it is written so. */
bool life_has_text(const struct life_walk *w, const struct life_path *p,
		   const char *text);
bool life_value_named(const struct life_walk *w, const struct life_path *p,
		      struct value value);
void life_assign_names(struct life_walk *w, struct life_path *p,
		       const struct op *op);

/* conditions.c */
/* Fill in w->conditions and w->asked, which the caller frees. */
void life_prepare_conditions(struct life_walk *w);
/*
 * Block `block` tests a condition, and it is `truth`; false if the path knows that
 * it is not.
 */
bool life_take_condition(const struct life_walk *w, struct life_path *p,
			 uint32_t block, bool truth);
bool life_knows_condition(const struct life_walk *w, const struct life_path *p,
			  uint32_t block);
void life_forget_condition(const struct life_walk *w, struct life_path *p,
			   uint32_t block);
/* "x = A;": x == A. */
void life_assign_condition(const struct life_walk *w, struct life_path *p,
			   const struct op *op);

/* tests.c */
/* The signs that `value` can have on this path. */
uint8_t life_signs(const struct life_walk *w, const struct life_path *p,
		   struct value value);
void life_prepare_tests(struct life_walk *w);
/*
 * Go on from block `block` where what it tests is `truth`; false if that can
 * not be.
 */
bool life_take_edge(struct life_walk *w, struct life_path *p, uint32_t block,
		    bool truth);
/* Whether the path knows already what block `block` tests. */
bool life_knows(const struct life_walk *w, const struct life_path *p,
		uint32_t block);
/* What is known of `place`, which gets another value, is no more. */
void life_forget(struct life_walk *w, struct life_path *p, uint32_t place);
/* What is tested from block `from` to `to` may come out otherwise next time. */
void life_forget_loop(struct life_walk *w, struct life_path *p, uint32_t from,
		      uint32_t to);

/* undo.c */
/* Whether `callee` releases a field that the mapping is kept in. */
bool life_releases_field(struct life_walk *w, const struct life_path *p,
			 const struct life_function *callee);
/* Fill in w->loop_ends, which the caller frees. */
void life_find_loops(struct life_walk *w);
/* Whether op `nr` is in a loop that the call which maps is not in. */
bool life_is_in_other_loop(const struct life_walk *w, uint32_t nr);
/* Whether op `nr` is in a loop that the call which maps is in, too. */
bool life_is_in_its_loop(const struct life_walk *w, uint32_t nr);
/*
 * Whether a loop that is left from block `from` to `to` has undone what another
 * one did. `tests`: it is left by its condition, not by a break.
 */
bool life_is_undone_by_loop(struct life_walk *w, const struct life_path *p,
			    uint32_t from, uint32_t to, bool tests);
/*
 * Whether what is tested in block `from` says if the mapping is there, and `to`
 * is the arm where it is not released. `known`: the path knows how it comes out.
 */
bool life_is_guarded_release(struct life_walk *w, const struct life_path *p,
			     uint32_t from, uint32_t to, bool known);

/* walk.c */
void life_walk(struct lifetimes *l, const struct life_function *f,
	       struct life *life);

#endif

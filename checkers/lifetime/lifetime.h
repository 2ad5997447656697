/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIFETIME_LIFETIME_H
#define LIFETIME_LIFETIME_H
#include "facts/view.h"
#include "facts/program.h"
#include "knowledge/api.h"
/*
 * What becomes of each mapping and each allocation for DMA along the paths of
 * the function that makes it: property simulation, as in ESP (Das, Lerner and
 * Seigle, 2002). Paths are merged where they meet in the same state; what
 * was tested on the way is kept where both agree. A path goes on as long as
 * the mapping is the function's own business: not beyond a release, or a
 * call that may release it.
 */

enum life_kind {
	LIFE_ADDRESS,	/* dma_map_single() and the like, and what wraps them */
	LIFE_TABLE,	/* dma_map_sg() */
	LIFE_SGTABLE,	/* dma_map_sgtable() */
	LIFE_MEMORY,	/* dma_alloc_coherent() and the like, dma_pool_alloc() */
};

/* A call of a function of the program. */
struct life_call {
	uint32_t op, callee;	/* private */
};

/* A function of the program, and what is known of it for its callers. */
struct life_function {
	struct view v;
	/* Parameters whose address it unmaps or frees, asks about. */
	uint32_t releases, checks;
	uint32_t *fields;		/* whose addresses it unmaps or frees */
	uint32_t nr_fields, alloc_fields;
	bool returns_address;		/* what a map function returned, */
	bool asks;			/* having asked whether it failed */
	bool unmaps_unknown;		/* what none of these tells */
	bool is_called;
	struct life_call *calls;	/* by name, in the order of ops */
	uint32_t nr_calls, alloc_calls;
};

struct lifetimes;

#define MAX_LIFE_FAILURES 8
/* A return that is reached without what it would take. */
struct life_end {
	uint32_t op;	/* the OP_RETURN; NO_OP: the end of the function */
	/* Tests whose goto or return leads there. */
	uint32_t failures[MAX_LIFE_FAILURES], nr_failures;
	bool is_error;		/* the function returns an error there */
	bool is_older;		/* what the round of a loop before it mapped */
	bool is_later;		/* a later round of the loop that maps it */
};

/* There was no such test; it was true; it was not. */
enum life_count { COUNT_UNTESTED = 1, COUNT_YES = 2, COUNT_NO = 4 };

#define MAX_LIFE_ENDS 16
struct life {
	const struct life_function *in;
	uint32_t op;			/* the call that maps or allocates */
	enum life_kind kind;
	const struct api_function *api;	/* NULL: a wrapper */
	bool is_managed;		/* devres frees it */
	bool is_given_up;		/* too many paths */
	/* Where it comes to on some path. */
	bool is_returned, is_stored, is_out, is_passed, is_asked, is_moved;
	bool is_handed_on;		/* to what may keep it */
	bool is_unwound;		/* by a loop */
	bool is_in_loop;		/* the call stands in one */
	bool is_released;		/* on some path, and beyond doubt */
	bool is_released_in_round;	/* of the loop that maps it */
	/*
	 * What a test of the number of mapped entries said where it is released,
	 * and at error returns where it is kept: sets of enum life_count.
	 */
	uint8_t released_count, kept_count;
	uint32_t asked_narrow;		/* dma_mapping_error() of a cut value */
	uint32_t released;		/* an op that releases it; NO_OP */
	/* Ends that it reaches without anybody asking whether it failed. */
	struct life_end unasked[MAX_LIFE_ENDS];
	uint32_t nr_unasked;
	/* Ends that it reaches while mapped. */
	struct life_end kept[MAX_LIFE_ENDS];
	uint32_t nr_kept;
	/* A release of what failed, and the test that says so. */
	uint32_t bad_release, bad_test;
	/* What was released is released once more on some path. */
	uint32_t first_release, second_release;
	uint32_t field;			/* where it is kept, or NO_PLACE */
	uint32_t member;		/* or the number of a [barrier]'s member */
};

/* The program's functions, summed up. The caller frees it. */
struct lifetimes *lifetimes_new(const struct program *program,
				const struct api *api);
void lifetimes_free(struct lifetimes *l);

/*
 * Call `fn` for each mapping and allocation of each function. They are computed
 * at the first call.
 */
void lifetimes_each(struct lifetimes *l,
		    void (*fn)(const struct life *life, void *data),
		    void *data);

/* A call that a DMA address may come from. */
struct life_origin {
	const struct life_function *in;
	uint32_t op;
	const struct api_function *api;
};
#define MAX_LIFE_ORIGINS 8
struct life_origins {
	struct life_origin list[MAX_LIFE_ORIGINS];
	uint32_t nr;
	bool others;	/* and it may come from elsewhere */
};

/* All that the DMA address that is `value` may come from. */
void lifetimes_origins(struct lifetimes *l, const struct life_function *f,
		       struct value value, struct life_origins *o);

/* Call `fn` for each function. */
void lifetimes_each_function(struct lifetimes *l,
			     void (*fn)(const struct life_function *f,
					void *data), void *data);

/* The function that `op` calls by its name, if the program has it. */
const struct life_function *lifetimes_callee(struct lifetimes *l,
					     const struct life_function *f,
					     const struct op *op);

/* The number of a PLACE_FIELD in its module; for life_function.fields. */
uint32_t lifetimes_field(struct lifetimes *l, const struct life_function *f,
			 uint32_t place);
/* Whether a function asks about an address in that field, or one releases it. */
bool lifetimes_field_asked(const struct lifetimes *l, uint32_t field);
bool lifetimes_field_released(const struct lifetimes *l, uint32_t field);

/*
 * Whether `f` is a driver's probe function, or all that call it lead to one
 * within `depth` calls and none of them releases what is in `field` behind that.
 */
bool lifetimes_is_left(struct lifetimes *l, const struct life_function *f,
		       uint32_t field, unsigned int depth);

/* Whether one that calls `f`, within `depth` calls, releases it behind that. */
bool lifetimes_is_undone_by_caller(struct lifetimes *l,
				   const struct life_function *f,
				   uint32_t field, unsigned int depth);

/*
 * Call `fn` for each call of `callee` in the program, with the number of the op.
 */
void lifetimes_each_caller(struct lifetimes *l,
			   const struct life_function *callee,
			   void (*fn)(const struct life_function *caller,
				      uint32_t op, void *data), void *data);

#endif

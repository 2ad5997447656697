/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_VIEW_H
#define FACTS_VIEW_H
#include "lib/compat.h"
#include "facts/facts.h"
#include "findings/finding.h"
/*
 * One function of a fact set, and how to get at what is in it. In a set all
 * functions share one array of ops, of places, of terms; the numbers in a
 * function's facts count from its own first one. Nobody but this file adds
 * the two.
 *
 *	struct view_iter it = VIEW_ITER(program);
 *
 *	while (view_next_set(&it))
 *		while (view_next_function(&it.v))
 *			for (i = 0; i < it.v.fn->nr_ops; i++)
 *				op = view_op(&it.v, i);
 *
 * A view is a value: copy it, keep it as long as the program is kept.
 */
struct intern_pool;
struct program;
struct unit;

/* A fact set that is part of a program, with numbers instead of strings. */
struct numbered_set {
	struct fact_set facts;	/* the first member: view.set points to it */
	uint32_t *names;	/* of each string, in program.strings */
	uint32_t *callees;	/* of each op: the key (a string of the set) of
				   what it calls by its name, or NO_NAME */
};

struct view {
	const struct unit *unit;	/* the file it was read with */
	const struct fact_set *set;	/* that file's, or one of a header */
	const struct function *fn;
};

/* --- all functions --- */

/* Each set of each unit; a header's comes once for each unit that has it. */
struct view_iter {
	struct view v;		/* fn is NULL behind view_next_set() */
	const struct program *program;
	const struct intern_pool *only;	/* files; NULL for all */
	bool drivers;			/* not the kernel's own helpers */
	size_t header;	/* of program->header_sets, or VIEW_NO_HEADER */
	size_t next_unit, next_header;
};
#define VIEW_NO_HEADER SIZE_MAX
#define VIEW_ITER(program_) { .program = (program_) }
bool view_next_set(struct view_iter *it);

/* The next function of the set, the first one if `fn` is NULL. */
static inline bool view_next_function(struct view *v)
{
	const struct fact_set *set = v->set;

	if (!set->nr_functions)
		return false;
	v->fn = v->fn ? v->fn + 1 : set->functions;
	return v->fn < set->functions + set->nr_functions;
}

/* --- what is in one; the numbers have to be those of something in it --- */

static inline const char *view_str(const struct view *v, uint32_t id)
{
	return facts_str(v->set, id);
}

static inline const struct op *view_op(const struct view *v, uint32_t op)
{
	return &v->set->ops[v->fn->first_op + op];
}

static inline const struct place *view_place(const struct view *v,
					     uint32_t place)
{
	return &v->set->places[v->fn->first_place + place];
}

/* Term `i` of the value. */
static inline const struct term *view_term(const struct view *v,
					   struct value value, uint32_t i)
{
	return &v->set->terms[v->fn->first_term + value.first + i];
}

/* Argument `arg` of a call, or what a test compares with (0); else empty. */
static inline struct value view_arg(const struct view *v, const struct op *op,
				    int arg)
{
	if (arg < 0 || arg >= op->nr_args)
		return (struct value){ 0, 0 };
	return v->set->args[v->fn->first_arg + op->first_arg + (uint32_t)arg];
}

/* The function's branches; 0 is its body. */
static inline const struct branch *view_branches(const struct view *v)
{
	return &v->set->branches[v->fn->first_branch];
}

/*
 * How the argument is written; NULL where that is not kept. Its text and its
 * type as written, "" where they are not.
 */
const struct arg_detail *view_detail(const struct view *v, const struct op *op,
				     int arg);
const char *view_text(const struct view *v, const struct op *op, int arg);
const char *view_type(const struct view *v, const struct op *op, int arg);

/* Where it stands; the strings belong to the facts. */
struct location view_location(const struct view *v, const struct op *op);

/*
 * Whether it is one of the kernel's own inline functions, which are part of
 * its API; a driver's header is part of the driver.
 */
bool view_is_helper(const struct view *v);

/* --- values --- */

/*
 * The place of term *i of the value or, where that is none, of the next one
 * that is; *i is behind it then. NO_PLACE if there is none.
 */
static inline uint32_t view_next_place(const struct view *v,
				       struct value value, uint32_t *i)
{
	while (*i < value.nr) {
		const struct term *t = view_term(v, value, (*i)++);

		if (t->kind == TERM_PLACE)
			return t->place;
	}
	return NO_PLACE;
}

/* for each place of the value; `i` is a counter of the loop's own */
#define for_each_place(place_, i_, v_, value_) \
	for ((i_) = 0; ((place_) = view_next_place(v_, value_, &(i_))) != \
	     NO_PLACE;)

/* Whether the place is one of the value's. */
static inline bool view_has_place(const struct view *v, struct value value,
				  uint32_t place)
{
	uint32_t p, i;

	for_each_place(p, i, v, value)
		if (p == place)
			return true;
	return false;
}

/* The first place of the value, or NO_PLACE. */
static inline uint32_t view_first_place(const struct view *v,
					struct value value)
{
	uint32_t i = 0;

	return view_next_place(v, value, &i);
}

/* The place that the value is, with nothing else; NO_PLACE if it is not one. */
static inline uint32_t view_only_place(const struct view *v,
				       struct value value)
{
	return value.nr == 1 ? view_first_place(v, value) : NO_PLACE;
}

/* How many arms the conditional expression has that it is; 1 if it is none. */
unsigned int view_nr_alts(const struct view *v, struct value value);

/* The constant that the value is, on all branches; false if it is not one. */
bool view_constant(const struct view *v, struct value value, uint64_t *bits);

/*
 * The key of the function that the value names, as in struct function: what
 * an OP_CALL calls by its name. NULL if it names none.
 */
const char *view_function(const struct view *v, struct value value);

/* The numbers of a view of a program. */
static inline const struct numbered_set *view_numbers(const struct view *v)
{
	return (const struct numbered_set *)v->set;
}

/*
 * The key of the function that an op calls by its name, as a number of
 * program.strings; NO_NAME if it is no such call.
 */
static inline uint32_t view_callee(const struct view *v, const struct op *op)
{
	const struct numbered_set *set = view_numbers(v);
	uint32_t key = set->callees[op - set->facts.ops];

	return key == NO_NAME ? NO_NAME : set->names[key];
}

/* The same as a string, or "". */
static inline const char *view_callee_key(const struct view *v,
					  const struct op *op)
{
	uint32_t key = view_numbers(v)->callees[op - v->set->ops];

	return key == NO_NAME ? "" : view_str(v, key);
}

/* A key without the file that a static function's has: "file:name". */
const char *view_key_name(const char *key);

/* --- branches --- */

/* Whether control that is in branch `inner` came through `outer`. */
static inline bool view_is_within(const struct view *v, uint32_t inner,
				  uint32_t outer)
{
	const struct branch *branches = view_branches(v);

	while (inner != outer && inner)
		inner = branches[inner].parent;
	return inner == outer;
}

#endif

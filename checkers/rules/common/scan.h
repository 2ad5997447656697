/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_SCAN_H
#define RULES_COMMON_SCAN_H
/*
 * Facts, function by function, for rules that ask what happens within one:
 * what is called with what, what becomes of the result, what is tested.
 */
#include "facts/facts.h"
#include "facts/program.h"
#include "knowledge/api.h"
#include "rules/rule.h"

/* One function, as a file has it that it belongs to. */
struct scan {
	struct rule_run *run;
	const struct unit *unit;
	const struct fact_set *set;
	const struct function *fn;
};

/*
 * Call `visit` for each function of the program, but not for the kernel's own
 * inline helpers (include/, arch/); one of a driver's header comes once for
 * each file that includes it.
 */
void scan_each(struct rule_run *run,
	       void (*visit)(const struct scan *s, void *data), void *data);

/* The same with those helpers. */
void scan_each_with_helpers(struct rule_run *run,
			    void (*visit)(const struct scan *s, void *data),
			    void *data);

static inline const struct op *scan_op(const struct scan *s, uint32_t op)
{
	return &s->set->ops[s->fn->first_op + op];
}

static inline const struct term *scan_term(const struct scan *s,
					   struct value value, uint32_t i)
{
	return &s->set->terms[s->fn->first_term + value.first + i];
}

static inline const struct place *scan_place(const struct scan *s,
					     uint32_t place)
{
	return &s->set->places[s->fn->first_place + place];
}

static inline const char *scan_str(const struct scan *s, uint32_t id)
{
	return facts_str(s->set, id);
}

/* Argument `arg` of a call, or what a test compares with (0). */
struct value scan_arg(const struct scan *s, const struct op *op, int arg);

/* How it is written; NULL where that is not kept. */
const struct arg_detail *scan_detail(const struct scan *s,
				     const struct op *op, int arg);

/* Its text and type; "" where they are not kept. */
const char *scan_text(const struct scan *s, const struct op *op, int arg);
const char *scan_type(const struct scan *s, const struct op *op, int arg);

/* The function that an OP_CALL calls by its name, without a file; or "". */
const char *scan_callee(const struct scan *s, const struct op *op);
/* The same with the file of a static one, as in struct function. */
const char *scan_callee_key(const struct scan *s, const struct op *op);

/* The entry of kernel-api.conf for it if that has one of `roles`, or NULL. */
const struct api_function *scan_api(const struct scan *s, const struct op *op,
				    unsigned int roles);

/* The place that the value is, with nothing else; NO_PLACE if it is not one. */
uint32_t scan_only_place(const struct scan *s, struct value value);

/* Whether the place is one of the value's terms. */
bool scan_has_place(const struct scan *s, struct value value, uint32_t place);

/* The constant that the value is, on all branches; false if it is not one. */
bool scan_constant(const struct scan *s, struct value value, uint64_t *bits);

/* The name of a constant of the value that starts with `prefix`, or NULL. */
const char *scan_named(const struct scan *s, struct value value,
		       const char *prefix);

/* Whether the test in `op` is part of what branch `branch` stands in. */
bool scan_branch_within(const struct scan *s, uint32_t branch,
			uint32_t outer);

/*
 * Call `visit` for each test of the result of the call `number`: of itself,
 * or of the variable or field that it is assigned to, up to where something
 * else is assigned to that. Returns whether there is any.
 */
bool scan_each_test(const struct scan *s, uint32_t number,
		    void (*visit)(const struct scan *s, uint32_t test,
				  void *data), void *data);

/* Where the result of the call is kept; NO_PLACE if nowhere or in many. */
uint32_t scan_kept_in(const struct scan *s, uint32_t number);

/* Where `op` stands; the strings belong to the facts. */
struct location scan_location(const struct scan *s, const struct op *op);

/*
 * A finding at `op`, in each module that the file is built into; the last one
 * is returned, to take steps.
 */
struct finding *scan_report(const struct scan *s, const struct op *op,
			    const struct rule *rule, enum level level,
			    const char *message);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_SCAN_H
#define RULES_COMMON_SCAN_H
/*
 * Facts function by function, for rules about the code of one function: arguments
 * of calls, their results, tests.
 */
#include "facts/facts.h"
#include "facts/program.h"
#include "facts/view.h"
#include "knowledge/api.h"
#include "lib/intern.h"
#include "rules/rule.h"

/* One function, in one of the files that it belongs to. */
struct scan {
	struct rule_run *run;
	struct view v;
	bool is_certain;	/* what clang may have lost changes nothing */
};


/*
 * Call `fn` for each function of the program, except the kernel's inline helpers
 * (include/, arch/); for a function of a driver's header once for each file that
 * includes it.
 */
void scan_each_function(struct rule_run *run,
			void (*fn)(const struct scan *s, void *data),
			void *data);

/* The same, including those helpers. */
void scan_each_with_helpers(struct rule_run *run,
			    void (*fn)(const struct scan *s, void *data),
			    void *data);

/* Call `fn` for each operation of these functions. */
void scan_each_op(struct rule_run *run,
		  void (*fn)(const struct scan *s, const struct op *op,
			     void *data),
		  void *data);

/*
 * Call `fn` for each call, in these functions, of a function with one of `roles` in
 * kernel-api.conf.
 */
void scan_each_call(struct rule_run *run, unsigned int roles,
		    void (*fn)(const struct scan *s, const struct op *op,
			       const struct api_function *api, void *data),
		    void *data);

/* Whether the two are one file, or are built into the same module. */
bool scan_same_module(const struct unit *a, const struct unit *b);

/* The number of the operation in its function, for view_op(). */
static inline uint32_t scan_number(const struct scan *s, const struct op *op)
{
	return (uint32_t)(op - view_op(&s->v, 0));
}

/* The function that an OP_CALL calls by its name, without a file; or "". */
const char *scan_callee(const struct scan *s, const struct op *op);
/* The same with the file of a static one, as in struct function. */
const char *scan_callee_key(const struct scan *s, const struct op *op);

/* Whether it calls that function, or one of these (up to NULL), by its name. */
bool scan_calls(const struct scan *s, const struct op *op, const char *name);
bool scan_calls_any(const struct scan *s, const struct op *op,
		    const char *const *names);

/* The entry of kernel-api.conf for it if that has one of `roles`, or NULL. */
const struct api_function *scan_api(const struct scan *s, const struct op *op,
				    unsigned int roles);

/* The entry of a function that returns the DMA address of a new mapping, or NULL. */
const struct api_function *scan_mapping(const struct scan *s,
					const struct op *op);

/* The name of a constant of the value that starts with `prefix`, or NULL. */
const char *scan_named(const struct scan *s, struct value value,
		       const char *prefix);

/* The innermost loop around a branch; 0 if there is none. */
uint32_t scan_loop(const struct scan *s, uint32_t branch);

/*
 * Call `visit` for each test of the result of the call `number`: of the call itself,
 * or of the variable or field that it is assigned to, until that is assigned again.
 * Returns whether there is a test.
 */
bool scan_each_test(const struct scan *s, uint32_t number,
		    void (*visit)(const struct scan *s, uint32_t test,
				  void *data), void *data);

/* The place that the result of the call is assigned to; NO_PLACE if none or many. */
uint32_t scan_kept_in(const struct scan *s, uint32_t number);

/* The last assignment to `place` before op `before`, or nr_ops. */
uint32_t scan_last_assigned(const struct scan *s, uint32_t place,
			    uint32_t before);

/*
 * A set of fields, statics and globals, each by module: a field is one place for all
 * objects.
 */
void scan_add_kept(const struct scan *s, uint32_t place,
		   struct intern_pool *set);
/* Whether the set has it for one of the file's modules. */
bool scan_has_kept(const struct scan *s, uint32_t place,
		   const struct intern_pool *set);

/*
 * A finding of the current rule at `op`, in each module of the file: at the rule's
 * level, or at another. Returns the last one.
 */
struct finding *scan_report(const struct scan *s, const struct op *op,
			    const char *fmt, ...) printf_like(3, 4);
struct finding *scan_report_level(const struct scan *s, const struct op *op,
				  enum level level, const char *fmt, ...)
	printf_like(4, 5);

#endif

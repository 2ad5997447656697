// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walks over the facts function by function, and reports findings at an operation;
 * for most rules.
 */
#include "rules/common/scan.h"

#include "lib/alloc.h"
#include "tree/tree.h"

static void scan_units(struct rule_run *run, bool helpers,
		      void (*fn)(const struct scan *s, void *data), void *data)
{
	struct view_iter it = VIEW_ITER(run->program);

	it.only = run->scanned;
	it.drivers = !helpers;
	while (view_next_set(&it)) {
		struct scan s = { .run = run, .v = it.v };

		while (view_next_function(&s.v))
			if (helpers || !view_is_helper(&s.v))
				fn(&s, data);
	}
}

void scan_each_function(struct rule_run *run,
			void (*fn)(const struct scan *s, void *data),
			void *data)
{
	scan_units(run, false, fn, data);
}

void scan_each_with_helpers(struct rule_run *run,
			    void (*fn)(const struct scan *s, void *data),
			    void *data)
{
	scan_units(run, true, fn, data);
}

struct op_visit {
	void (*fn)(const struct scan *s, const struct op *op, void *data);
	void *data;
};

static void visit_ops(const struct scan *s, void *data)
{
	const struct op_visit *visit = data;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		visit->fn(s, view_op(&s->v, i), visit->data);
}

void scan_each_op(struct rule_run *run,
		  void (*fn)(const struct scan *s, const struct op *op,
			     void *data),
		  void *data)
{
	struct op_visit visit = { fn, data };

	scan_units(run, false, visit_ops, &visit);
}

struct call_visit {
	unsigned int roles;
	void (*fn)(const struct scan *s, const struct op *op,
		   const struct api_function *api, void *data);
	void *data;
};

static void visit_call(const struct scan *s, const struct op *op, void *data)
{
	const struct call_visit *visit = data;
	const struct api_function *api = scan_api(s, op, visit->roles);

	if (api)
		visit->fn(s, op, api, visit->data);
}

void scan_each_call(struct rule_run *run, unsigned int roles,
		    void (*fn)(const struct scan *s, const struct op *op,
			       const struct api_function *api, void *data),
		    void *data)
{
	struct call_visit visit = { roles, fn, data };

	scan_each_op(run, visit_call, &visit);
}

bool scan_same_module(const struct unit *a, const struct unit *b)
{
	size_t i, j;

	for (i = 0; i < a->nr_modules; i++)
		for (j = 0; j < b->nr_modules; j++)
			if (!strcmp(a->modules[i], b->modules[j]))
				return true;
	return a == b;
}

const char *scan_callee_key(const struct scan *s, const struct op *op)
{
	return view_callee_key(&s->v, op);
}

const char *scan_callee(const struct scan *s, const struct op *op)
{
	return view_key_name(scan_callee_key(s, op));
}

bool scan_calls(const struct scan *s, const struct op *op, const char *name)
{
	return !strcmp(scan_callee(s, op), name);
}

bool scan_calls_any(const struct scan *s, const struct op *op,
		    const char *const *names)
{
	const char *callee = scan_callee(s, op);

	for (; *names; names++)
		if (!strcmp(callee, *names))
			return true;
	return false;
}

const struct api_function *scan_api(const struct scan *s, const struct op *op,
				    unsigned int roles)
{
	const struct api_function *api;

	/* Only calls of functions in kernel-api.conf have details. */
	if (op->kind != OP_CALL || op->first_detail == NO_DETAIL)
		return NULL;
	api = program_api(s->run->program, view_callee(&s->v, op));
	return api && (api->roles & roles) ? api : NULL;
}

const struct api_function *scan_mapping(const struct scan *s,
					const struct op *op)
{
	const struct api_function *api = scan_api(s, op, API_SINK | API_MMIO);

	return api && api->handle.arg == API_RETURN ? api : NULL;
}

const char *scan_named(const struct scan *s, struct value value,
		       const char *prefix)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&s->v, value, i);

		if (t->kind == TERM_BITS && t->name != NO_NAME &&
		    !strncmp(view_str(&s->v, t->name), prefix, strlen(prefix)))
			return view_str(&s->v, t->name);
	}
	return NULL;
}

uint32_t scan_loop(const struct scan *s, uint32_t branch)
{
	const struct branch *branches = view_branches(&s->v);

	while (branch && branches[branch].kind != BRANCH_LOOP)
		branch = branches[branch].parent;
	return branch;
}

/* The first op after `from` that changes `place`, or nr_ops. */
static uint32_t overwritten(const struct scan *s, uint32_t place,
			    uint32_t from)
{
	uint32_t i;

	for (i = from + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place)
			break;
	}
	return i;
}

uint32_t scan_kept_in(const struct scan *s, uint32_t number)
{
	uint32_t result = view_op(&s->v, number)->dst, i;

	for (i = number + 1; result != NO_PLACE && i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
		    view_has_place(&s->v, op->value, result))
			return op->dst;
	}
	return NO_PLACE;
}

uint32_t scan_last_assigned(const struct scan *s, uint32_t place,
			    uint32_t before)
{
	while (before-- > 0)
		if (view_op(&s->v, before)->kind == OP_ASSIGN &&
		    view_op(&s->v, before)->dst == place)
			return before;
	return s->v.fn->nr_ops;
}

/* "module record.name"; the caller frees it. */
static char *kept_name(const struct scan *s, size_t module, uint32_t place)
{
	const struct place *p = view_place(&s->v, place);

	return xstrfmt("%s %s.%s", s->v.unit->modules[module],
		       view_str(&s->v, p->record), view_str(&s->v, p->name));
}

void scan_add_kept(const struct scan *s, uint32_t place,
		   struct intern_pool *set)
{
	size_t i;

	for (i = 0; i < s->v.unit->nr_modules; i++) {
		char *name = kept_name(s, i, place);

		intern(set, name);
		free(name);
	}
}

bool scan_has_kept(const struct scan *s, uint32_t place,
		   const struct intern_pool *set)
{
	bool found = false;
	size_t i;

	for (i = 0; i < s->v.unit->nr_modules && !found; i++) {
		char *name = kept_name(s, i, place);

		found = intern_has(set, name);
		free(name);
	}
	return found;
}

/* The tests of `place` among the ops from `first` to before `end`. */
static bool test_range(const struct scan *s, uint32_t place, uint32_t first,
		       uint32_t end,
		       void (*visit)(const struct scan *s, uint32_t test,
				     void *data), void *data)
{
	bool any = false;
	uint32_t i;

	for (i = first; i < end; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind != OP_TEST ||
		    (!view_has_place(&s->v, op->value, place) &&
		     !view_has_place(&s->v, view_arg(&s->v, op, 0), place)))
			continue;
		visit(s, i, data);
		any = true;
	}
	return any;
}

bool scan_each_test(const struct scan *s, uint32_t number,
		    void (*visit)(const struct scan *s, uint32_t test,
				  void *data), void *data)
{
	uint32_t result = view_op(&s->v, number)->dst, i;
	bool any;

	if (result == NO_PLACE)
		return false;
	any = test_range(s, result, number + 1, s->v.fn->nr_ops, visit, data);
	for (i = number + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
		    view_only_place(&s->v, op->value) == result)
			any |= test_range(s, op->dst, i + 1,
					  overwritten(s, op->dst, i), visit,
					  data);
	}
	return any;
}

/* Whether clang may have dropped the code that the rule looks for. */
static bool may_be_lost(const struct scan *s)
{
	const char *lost = s->run->rule->lost;
	char *text;
	bool found;

	if (!lost || s->is_certain || !s->v.unit->errors)
		return false;
	if (!*lost)
		return true;
	text = tree_read(s->run->tree, s->v.unit->file, NULL);
	found = !text || strstr(text, lost);
	free(text);
	return found;
}

static struct finding *scan_vreport(const struct scan *s, const struct op *op,
			      enum level level, const char *fmt, va_list args)
{
	bool in_part = may_be_lost(s);
	char *message = xvstrfmt(fmt, args);
	struct location loc = view_location(&s->v, op);
	struct finding *finding = NULL;
	size_t i;

	if (in_part)
		level = LEVEL_NOTE;
	for (i = 0; i < s->v.unit->nr_modules; i++)
		finding = findings_add(s->run->findings, s->run->rule->id,
				       level, &loc, s->v.unit->modules[i],
				       message);
	if (!finding)
		finding = findings_add(s->run->findings, s->run->rule->id,
				       level, &loc, "", message);
	if (in_part)
		finding_step(finding, &loc, "the file was analysed only in part: clang found %u error%s",
			     s->v.unit->errors,
			     s->v.unit->errors == 1 ? "" : "s");
	free(message);
	return finding;
}

struct finding *scan_report_level(const struct scan *s, const struct op *op,
				  enum level level, const char *fmt, ...)
{
	struct finding *finding;
	va_list args;

	va_start(args, fmt);
	finding = scan_vreport(s, op, level, fmt, args);
	va_end(args);
	return finding;
}

struct finding *scan_report(const struct scan *s, const struct op *op,
			    const char *fmt, ...)
{
	struct finding *finding;
	va_list args;

	va_start(args, fmt);
	finding = scan_vreport(s, op, s->run->rule->level, fmt, args);
	va_end(args);
	return finding;
}

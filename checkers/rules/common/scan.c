// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/scan.h"

#include "lib/alloc.h"
#include "tree/tree.h"

/* As flow_is_wrapper(): part of the API, not of who uses it. */
static bool is_kernel_inline(const struct scan *s)
{
	const char *file = scan_str(s, s->fn->file);

	return (s->fn->flags & FUNCTION_HEADER) && tree_is_kernel_wide(file);
}

static void scan_functions(struct scan *s, bool helpers,
			  void (*fn)(const struct scan *s, void *data),
			  void *data)
{
	uint32_t i;

	for (i = 0; i < s->set->nr_functions; i++) {
		s->fn = &s->set->functions[i];
		if (helpers || !is_kernel_inline(s))
			fn(s, data);
	}
}

static void scan_units(struct rule_run *run, bool helpers,
		      void (*fn)(const struct scan *s, void *data), void *data)
{
	const struct program *program = run->program;
	struct scan s = { .run = run };
	size_t i, j;

	for (i = 0; i < program->nr_units; i++) {
		s.unit = program->units[i];
		if (run->scanned && !intern_has(run->scanned, s.unit->file))
			continue;
		s.set = &s.unit->facts;
		scan_functions(&s, helpers, fn, data);
		for (j = 0; j < s.unit->nr_header_sets; j++) {
			s.set = &program->header_sets[
				s.unit->header_sets[j]]->facts;
			scan_functions(&s, helpers, fn, data);
		}
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

	for (i = 0; i < s->fn->nr_ops; i++)
		visit->fn(s, scan_op(s, i), visit->data);
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

struct value scan_arg(const struct scan *s, const struct op *op, int arg)
{
	if (arg < 0 || arg >= op->nr_args)
		return (struct value){ 0, 0 };
	return s->set->args[s->fn->first_arg + op->first_arg + (uint32_t)arg];
}

const struct arg_detail *scan_detail(const struct scan *s,
				     const struct op *op, int arg)
{
	if (op->kind != OP_CALL || arg < 0 || arg >= op->nr_args ||
	    op->first_detail == NO_DETAIL)
		return NULL;
	return &s->set->details[op->first_detail + (uint32_t)arg];
}

const char *scan_text(const struct scan *s, const struct op *op, int arg)
{
	const struct arg_detail *d = scan_detail(s, op, arg);

	return d ? scan_str(s, d->text) : "";
}

const char *scan_type(const struct scan *s, const struct op *op, int arg)
{
	const struct arg_detail *d = scan_detail(s, op, arg);

	return d ? scan_str(s, d->type) : "";
}

const char *scan_callee_key(const struct scan *s, const struct op *op)
{
	uint32_t i;

	for (i = 0; op->kind == OP_CALL && i < op->value.nr; i++) {
		const struct term *t = scan_term(s, op->value, i);

		if (t->kind == TERM_PLACE &&
		    scan_place(s, t->place)->kind == PLACE_FUNCTION)
			return scan_str(s, scan_place(s, t->place)->name);
	}
	return "";
}

const char *scan_callee(const struct scan *s, const struct op *op)
{
	const char *key = scan_callee_key(s, op), *colon;

	colon = strrchr(key, ':');
	return colon ? colon + 1 : key;
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
	const char *name;

	/* Only calls of what kernel-api.conf names have details. */
	if (op->kind != OP_CALL || op->first_detail == NO_DETAIL)
		return NULL;
	name = scan_callee(s, op);
	api = *name ? api_function(s->run->api, name) : NULL;
	return api && (api->roles & roles) ? api : NULL;
}

const struct api_function *scan_mapping(const struct scan *s,
					const struct op *op)
{
	const struct api_function *api = scan_api(s, op, API_SINK | API_MMIO);

	return api && api->handle.arg == API_RETURN ? api : NULL;
}

uint32_t scan_only_place(const struct scan *s, struct value value)
{
	const struct term *t;

	if (value.nr != 1)
		return NO_PLACE;
	t = scan_term(s, value, 0);
	return t->kind == TERM_PLACE ? t->place : NO_PLACE;
}

uint32_t scan_place_in(const struct scan *s, struct value value)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++)
		if (scan_term(s, value, i)->kind == TERM_PLACE)
			return scan_term(s, value, i)->place;
	return NO_PLACE;
}

bool scan_has_place(const struct scan *s, struct value value, uint32_t place)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(s, value, i);

		if (t->kind == TERM_PLACE && t->place == place)
			return true;
	}
	return false;
}

bool scan_constant(const struct scan *s, struct value value, uint64_t *bits)
{
	uint32_t i;

	*bits = 0;
	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(s, value, i);

		if (t->kind != TERM_BITS || t->alt != ALT_ALL)
			return false;
		*bits |= t->bits;
	}
	return value.nr > 0;
}

const char *scan_named(const struct scan *s, struct value value,
		       const char *prefix)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(s, value, i);

		if (t->kind == TERM_BITS && t->name != NO_NAME &&
		    !strncmp(scan_str(s, t->name), prefix, strlen(prefix)))
			return scan_str(s, t->name);
	}
	return NULL;
}

bool scan_branch_within(const struct scan *s, uint32_t branch, uint32_t outer)
{
	const struct branch *branches =
		&s->set->branches[s->fn->first_branch];

	while (branch && branch != outer)
		branch = branches[branch].parent;
	return branch == outer;
}

uint32_t scan_loop(const struct scan *s, uint32_t branch)
{
	const struct branch *branches =
		&s->set->branches[s->fn->first_branch];

	while (branch && branches[branch].kind != BRANCH_LOOP)
		branch = branches[branch].parent;
	return branch;
}

/* The op by which `place` gets another value after `from`, or nr_ops. */
static uint32_t overwritten(const struct scan *s, uint32_t place,
			    uint32_t from)
{
	uint32_t i;

	for (i = from + 1; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_ASSIGN && op->dst == place)
			break;
	}
	return i;
}

uint32_t scan_kept_in(const struct scan *s, uint32_t number)
{
	uint32_t result = scan_op(s, number)->dst, i;

	for (i = number + 1; result != NO_PLACE && i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
		    scan_has_place(s, op->value, result))
			return op->dst;
	}
	return NO_PLACE;
}

uint32_t scan_last_assigned(const struct scan *s, uint32_t place,
			    uint32_t before)
{
	while (before-- > 0)
		if (scan_op(s, before)->kind == OP_ASSIGN &&
		    scan_op(s, before)->dst == place)
			return before;
	return s->fn->nr_ops;
}

/* "module record.name"; the caller frees it. */
static char *kept_name(const struct scan *s, size_t module, uint32_t place)
{
	const struct place *p = scan_place(s, place);

	return xstrfmt("%s %s.%s", s->unit->modules[module],
		       scan_str(s, p->record), scan_str(s, p->name));
}

void scan_add_kept(const struct scan *s, uint32_t place,
		   struct intern_pool *set)
{
	size_t i;

	for (i = 0; i < s->unit->nr_modules; i++) {
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

	for (i = 0; i < s->unit->nr_modules && !found; i++) {
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
		const struct op *op = scan_op(s, i);

		if (op->kind != OP_TEST ||
		    (!scan_has_place(s, op->value, place) &&
		     !scan_has_place(s, scan_arg(s, op, 0), place)))
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
	uint32_t result = scan_op(s, number)->dst, i;
	bool any;

	if (result == NO_PLACE)
		return false;
	any = test_range(s, result, number + 1, s->fn->nr_ops, visit, data);
	for (i = number + 1; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
		    scan_only_place(s, op->value) == result)
			any |= test_range(s, op->dst, i + 1,
					  overwritten(s, op->dst, i), visit,
					  data);
	}
	return any;
}

struct location scan_location(const struct scan *s, const struct op *op)
{
	return (struct location){
		.file = (char *)scan_str(s, op->file),
		.line = op->line,
		.column = op->column,
		.function = s->fn->flags & FUNCTION_FILE ? NULL :
			(char *)scan_str(s, s->fn->name),
	};
}

static struct finding *scan_vreport(const struct scan *s, const struct op *op,
			      enum level level, const char *fmt, va_list args)
{
	char *message = xvstrfmt(fmt, args);
	struct location loc = scan_location(s, op);
	struct finding *finding = NULL;
	size_t i;

	for (i = 0; i < s->unit->nr_modules; i++)
		finding = findings_add(s->run->findings, s->run->rule->id,
				       level, &loc, s->unit->modules[i],
				       message);
	if (!finding)
		finding = findings_add(s->run->findings, s->run->rule->id,
				       level, &loc, "", message);
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

// SPDX-License-Identifier: GPL-2.0-only
/*
 * What each function of the program does with addresses for DMA on behalf of
 * its callers: it returns what a map function returned, it unmaps or frees what
 * a parameter or a field holds, it asks about it. Regardless of paths: a
 * function that may release counts as one that does.
 */
#include "lifetime/internal.h"

#include "lib/alloc.h"

#define MAX_FIELDS 256

static const char *callee_key(const struct life_function *f,
			      const struct op *op)
{
	const char *key = op->kind == OP_CALL ?
		view_function(&f->v, op->value) : NULL;

	return key ? key : "";
}

const char *life_callee_name(const struct life_function *f,
			     const struct op *op)
{
	return view_key_name(callee_key(f, op));
}

const struct api_function *life_api(const struct lifetimes *l,
				    const struct life_function *f,
				    const struct op *op, unsigned int roles)
{
	const struct api_function *api;

	/* Only calls of what kernel-api.conf names have details. */
	if (op->kind != OP_CALL || op->first_detail == NO_DETAIL)
		return NULL;
	api = program_api(l->program, view_callee(&f->v, op));
	return api && (api->roles & roles) ? api : NULL;
}

void life_handles(const struct api_function *api, int handles[2])
{
	handles[0] = api->handle.arg >= 0 ? api->handle.arg : API_NONE;
	handles[1] = (api->roles & (API_FREE | API_POOL_FREE)) &&
		     api->memory.arg >= 0 ? api->memory.arg : API_NONE;
}

static struct life_function *function_of(struct lifetimes *l,
					 const struct life_function *f,
					 const struct op *op)
{
	uint32_t number = (uint32_t)(op - view_op(&f->v, 0));
	uint32_t low = 0, high = f->nr_calls;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (f->calls[middle].op == number)
			return &l->functions[f->calls[middle].callee];
		if (f->calls[middle].op < number)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct life_function *lifetimes_callee(struct lifetimes *l,
					     const struct life_function *f,
					     const struct op *op)
{
	return function_of(l, f, op);
}

uint32_t lifetimes_field(struct lifetimes *l, const struct life_function *f,
			 uint32_t place)
{
	const struct place *p = view_place(&f->v, place);
	uint32_t id;
	char *name;

	name = xstrfmt("%s %s.%s", f->v.unit->nr_modules ? f->v.unit->modules[0] : "",
		       view_str(&f->v, p->record), view_str(&f->v, p->name));
	id = intern(&l->fields, name);
	free(name);
	return id;
}

static bool add_field(struct life_function *f, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < f->nr_fields; i++)
		if (f->fields[i] == field)
			return false;
	if (f->nr_fields == MAX_FIELDS)
		return false;
	ALLOC_GROW(f->fields, f->nr_fields + 1, f->alloc_fields);
	f->fields[f->nr_fields++] = field;
	return true;
}

/* The function releases (or asks about) what is in `value`. */
static bool concerns_value(struct lifetimes *l, struct life_function *f,
			   struct value value, bool releases, int depth)
{
	uint32_t i, j;
	bool any = false;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&f->v, value, i);
		const struct place *p;
		uint32_t *params = releases ? &f->releases : &f->checks;
		uint32_t field;

		if (t->kind != TERM_PLACE)
			continue;
		p = view_place(&f->v, t->place);
		switch (p->kind) {
		case PLACE_PARAM:
			any |= p->number < 32 && !(*params & 1u << p->number);
			if (p->number < 32)
				*params |= 1u << p->number;
			break;
		case PLACE_FIELD:
			field = lifetimes_field(l, f, t->place);
			intern(releases ? &l->released : &l->asked,
			       intern_str(&l->fields, field));
			if (releases)
				any |= add_field(f, field);
			break;
		case PLACE_LOCAL:
			/* What it was set to, wherever that is. */
			for (j = 0; depth && j < f->v.fn->nr_ops; j++) {
				const struct op *op = view_op(&f->v, j);

				if (op->kind == OP_ASSIGN &&
				    op->dst == t->place)
					any |= concerns_value(l, f, op->value,
							      releases,
							      depth - 1);
			}
			break;
		default:
			break;
		}
	}
	return any;
}

/* The last name of "a->b.c[i]", for members that have no place. */
uint32_t life_text_field(struct lifetimes *l, const struct life_function *f,
			 const char *text)
{
	const char *p = text, *name = NULL;
	uint32_t id;
	char *key;

	for (; *p && *p != '['; p++)
		if (*p == '.' || (*p == '-' && p[1] == '>'))
			name = p + (*p == '.' ? 1 : 2);
	if (!name)
		return INTERN_NONE;
	key = xstrfmt("%s %.*s", f->v.unit->nr_modules ?
		      f->v.unit->modules[0] : "", (int)(p - name), name);
	id = intern(&l->fields, key);
	free(key);
	return id;
}

/* Whether the address is one of a parameter, a member, or mapped here. */
static bool is_known(struct lifetimes *l, const struct life_function *f,
		     struct value value)
{
	uint32_t place, other, i, j, k;

	for_each_place(place, i, &f->v, value) {
		const struct place *p = view_place(&f->v, place);

		if (p->kind == PLACE_PARAM || p->kind == PLACE_FIELD)
			return true;
		for (j = 0; p->kind == PLACE_LOCAL && j < f->v.fn->nr_ops;
		     j++) {
			const struct op *op = view_op(&f->v, j);

			if (op->kind == OP_CALL &&
			    life_api(l, f, op, LIFE_MAPS | LIFE_ALLOCS) &&
			    (op->dst == place || op->nr_args))
				for (k = 0; k < op->nr_args; k++)
					if (view_has_place(&f->v,
						view_arg(&f->v, op, (int)k),
						place))
						return true;
			if (op->kind != OP_ASSIGN || op->dst != place)
				continue;
			for_each_place(other, k, &f->v, op->value) {
				const struct place *q =
					view_place(&f->v, other);

				if (q->kind == PLACE_PARAM ||
				    q->kind == PLACE_FIELD ||
				    (q->kind == PLACE_CALL &&
				     life_api(l, f, view_op(&f->v, q->number),
					      LIFE_MAPS | LIFE_ALLOCS)))
					return true;
			}
		}
	}
	return false;
}

static bool sum_up_api(struct lifetimes *l, struct life_function *f,
		       const struct op *op)
{
	const struct api_function *api =
		life_api(l, f, op, LIFE_RELEASES | API_CHECK);
	bool any = false;
	int handles[2], i;
	uint32_t field;

	if (!api)
		return false;
	life_handles(api, handles);
	for (i = 0; i < 2; i++) {
		any |= concerns_value(l, f, view_arg(&f->v, op, handles[i]),
				      !(api->roles & API_CHECK), 2);
		if (!(api->roles & API_CHECK) && !i &&
		    !f->unmaps_unknown && !is_known(l, f, view_arg(&f->v, op,
							handles[i])))
			f->unmaps_unknown = any = true;
		if ((api->roles & API_CHECK) ||
		    view_arg(&f->v, op, handles[i]).nr)
			continue;
		field = life_text_field(l, f, view_text(&f->v, op,
							handles[i]));
		if (field != INTERN_NONE)
			any |= add_field(f, field);
	}
	if (api->roles & API_CHECK)
		f->asks = true;
	return any;
}

static bool sum_up_call(struct lifetimes *l, struct life_function *f,
			const struct op *op)
{
	const struct life_function *callee = function_of(l, f, op);
	bool any = false;
	uint32_t i;

	if (!callee || callee == f)
		return false;
	if (callee->unmaps_unknown && !f->unmaps_unknown)
		f->unmaps_unknown = any = true;
	for (i = 0; i < callee->nr_fields; i++)
		any |= add_field(f, callee->fields[i]);
	for (i = 0; i < op->nr_args && i < 32; i++) {
		if (callee->releases & 1u << i) {
			struct value arg = view_arg(&f->v, op, (int)i);

			any |= concerns_value(l, f, arg, true, 2);
			/* A member of a [barrier] struct. */
			if (!arg.nr && !f->unmaps_unknown)
				f->unmaps_unknown = any = true;
		}
		if (callee->checks & 1u << i)
			any |= concerns_value(l, f, view_arg(&f->v, op, (int)i),
					      false, 2);
	}
	return any;
}

/* Whether the value is what a map function returned. */
static bool is_address(struct lifetimes *l, const struct life_function *f,
		       struct value value, int depth)
{
	uint32_t i, j;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&f->v, value, i);
		const struct life_function *callee;
		const struct api_function *api;
		const struct place *p;
		const struct op *op;

		if (t->kind != TERM_PLACE)
			continue;
		p = view_place(&f->v, t->place);
		if (p->kind == PLACE_LOCAL) {
			for (j = 0; depth && j < f->v.fn->nr_ops; j++) {
				op = view_op(&f->v, j);
				if (op->kind == OP_ASSIGN &&
				    op->dst == t->place &&
				    is_address(l, f, op->value, depth - 1))
					return true;
			}
		}
		if (p->kind != PLACE_CALL)
			continue;
		op = view_op(&f->v, p->number);
		api = life_api(l, f, op, LIFE_MAPS);
		if (api && api->handle.arg == API_RETURN)
			return true;
		callee = function_of(l, f, op);
		if (callee && callee->returns_address)
			return true;
	}
	return false;
}

static bool sum_up(struct lifetimes *l, struct life_function *f)
{
	bool any = false;
	uint32_t i;

	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);

		if (op->kind == OP_CALL) {
			any |= sum_up_api(l, f, op);
			any |= sum_up_call(l, f, op);
		} else if (op->kind == OP_RETURN && !f->returns_address &&
			   is_address(l, f, op->value, 2)) {
			f->returns_address = any = true;
		}
	}
	return any;
}

/* A comparison with DMA_MAPPING_ERROR asks, too. */
static void sum_up_tests(struct lifetimes *l, struct life_function *f)
{
	uint32_t i, j;

	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);
		struct value with;

		if (op->kind != OP_TEST || !op->nr_args)
			continue;
		with = view_arg(&f->v, op, 0);
		for (j = 0; j < with.nr; j++) {
			const struct term *t = view_term(&f->v, with, j);

			if (t->kind == TERM_BITS && t->name != NO_NAME &&
			    !strcmp(view_str(&f->v, t->name), "DMA_MAPPING_ERROR"))
				concerns_value(l, f, op->value, false, 2);
		}
	}
}

static void note_uses(struct lifetimes *l, struct life_function *f)
{
	uint32_t i, id;

	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const char *key = callee_key(f, view_op(&f->v, i));

		id = *key ? intern_find(&l->keys, key) : INTERN_NONE;
		if (id == INTERN_NONE)
			continue;
		l->functions[id].is_called = true;
		ALLOC_GROW(f->calls, f->nr_calls + 1, f->alloc_calls);
		f->calls[f->nr_calls++] = (struct life_call){ i, id };
	}
}

/* What a driver's table has for .probe: if it fails, .remove is not called. */
static void find_probes(struct lifetimes *l, const struct life_function *f)
{
	uint32_t i;

	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);
		const char *key;

		if (op->kind != OP_ASSIGN ||
		    view_place(&f->v, op->dst)->kind != PLACE_FIELD ||
		    strcmp(view_str(&f->v, view_place(&f->v, op->dst)->name),
			   "probe"))
			continue;
		key = view_function(&f->v, op->value);
		if (key)
			intern(&l->probes, key);
	}
}

static bool releases(const struct life_function *f, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < f->nr_fields; i++)
		if (f->fields[i] == field)
			return true;
	return false;
}

/* Whether something in `f` behind `op` releases what is in `field`. */
static bool releases_behind(struct lifetimes *l, const struct life_function *f,
			    uint32_t op, uint32_t field)
{
	uint32_t i, j, place;

	for (i = op + 1; i < f->v.fn->nr_ops; i++) {
		const struct op *o = view_op(&f->v, i);
		const struct life_function *callee = function_of(l, f, o);
		const struct api_function *api;
		const char *callback;
		int handles[2], a;

		if (o->kind != OP_CALL)
			continue;
		if (callee && releases(callee, field))
			return true;
		for (a = 0; a < o->nr_args; a++) {
			callback = view_function(&f->v, view_arg(&f->v, o, a));
			j = callback ? intern_find(&l->keys, callback) :
			    INTERN_NONE;
			if (j != INTERN_NONE &&
			    releases(&l->functions[j], field))
				return true;
		}
		api = life_api(l, f, o, LIFE_RELEASES);
		if (!api)
			continue;
		life_handles(api, handles);
		for (a = 0; a < 2; a++)
			for_each_place(place, j, &f->v,
				       view_arg(&f->v, o, handles[a]))
				if (view_place(&f->v, place)->kind ==
					    PLACE_FIELD &&
				    lifetimes_field(l, f, place) == field)
					return true;
	}
	return false;
}

static int by_callee(const void *a, const void *b)
{
	const struct life_caller *x = a, *y = b;

	if (x->callee != y->callee)
		return x->callee < y->callee ? -1 : 1;
	if (x->caller != y->caller)
		return x->caller < y->caller ? -1 : 1;
	return x->op < y->op ? -1 : x->op > y->op;
}

static void index_callers(struct lifetimes *l)
{
	size_t i;
	uint32_t j;

	for (i = 0; i < l->nr_functions; i++)
		for (j = 0; j < l->functions[i].nr_calls; j++) {
			ALLOC_GROW(l->callers, l->nr_callers + 1,
				   l->alloc_callers);
			l->callers[l->nr_callers++] = (struct life_caller){
				l->functions[i].calls[j].callee, (uint32_t)i,
				l->functions[i].calls[j].op,
			};
		}
	if (l->nr_callers)
		qsort(l->callers, l->nr_callers, sizeof(*l->callers),
		      by_callee);
}

/* The first of those that call `f`; *end is behind the last. */
static const struct life_caller *callers_of(const struct lifetimes *l,
					    const struct life_function *f,
					    const struct life_caller **end)
{
	uint32_t callee = (uint32_t)(f - l->functions);
	size_t low = 0, high = l->nr_callers;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->callers[middle].callee < callee)
			low = middle + 1;
		else
			high = middle;
	}
	for (high = low; high < l->nr_callers &&
	     l->callers[high].callee == callee;)
		high++;
	*end = l->callers + high;
	return l->callers + low;
}

bool lifetimes_is_left(struct lifetimes *l, const struct life_function *f,
		       uint32_t field, unsigned int depth)
{
	const struct life_caller *c, *end;
	bool any = false;

	if (intern_has(&l->probes, view_str(&f->v, f->v.fn->key)))
		return true;
	if (!depth)
		return false;
	for (c = callers_of(l, f, &end); c < end; c++) {
		const struct life_function *caller = &l->functions[c->caller];

		if (releases_behind(l, caller, c->op, field) ||
		    !lifetimes_is_left(l, caller, field, depth - 1))
			return false;
		any = true;
	}
	return any;
}

bool lifetimes_is_undone_by_caller(struct lifetimes *l,
				   const struct life_function *f,
				   uint32_t field, unsigned int depth)
{
	const struct life_caller *c, *end;

	if (!depth)
		return false;
	for (c = callers_of(l, f, &end); c < end; c++)
		if (releases_behind(l, &l->functions[c->caller], c->op,
				    field) ||
		    lifetimes_is_undone_by_caller(l, &l->functions[c->caller],
						  field, depth - 1))
			return true;
	return false;
}

static void add_functions(struct lifetimes *l, const struct unit *unit,
			  const struct fact_set *set)
{
	uint32_t i;

	for (i = 0; i < set->nr_functions; i++) {
		const struct function *fn = &set->functions[i];
		const char *key = facts_str(set, fn->key);

		if (intern_find(&l->keys, key) != INTERN_NONE)
			continue;
		intern(&l->keys, key);
		ALLOC_GROW(l->functions, l->nr_functions + 1,
			   l->alloc_functions);
		l->functions[l->nr_functions++] = (struct life_function){
			.v = { unit, set, fn },
		};
	}
}

struct lifetimes *lifetimes_new(const struct program *program,
				const struct api *api)
{
	struct lifetimes *l = xcalloc(1, sizeof(*l));
	bool more = true;
	unsigned int round;
	size_t i, j;

	l->api = api;
	l->program = program;
	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		add_functions(l, unit, &unit->facts);
		for (j = 0; j < unit->nr_header_sets; j++)
			add_functions(l, unit, &program->header_sets[
				unit->header_sets[j]]->facts);
	}
	for (i = 0; i < l->nr_functions; i++) {
		note_uses(l, &l->functions[i]);
		find_probes(l, &l->functions[i]);
		sum_up_tests(l, &l->functions[i]);
	}
	index_callers(l);
	/* Helpers of helpers: deeper than that, nobody looks. */
	for (round = 0; more && round < 6; round++) {
		more = false;
		for (i = 0; i < l->nr_functions; i++)
			more |= sum_up(l, &l->functions[i]);
	}
	return l;
}

void lifetimes_free(struct lifetimes *l)
{
	size_t i;

	if (!l)
		return;
	for (i = 0; i < l->nr_functions; i++) {
		free(l->functions[i].fields);
		free(l->functions[i].calls);
	}
	free(l->functions);
	free(l->lives);
	free(l->fillings);
	free(l->callers);
	intern_release(&l->keys);
	intern_release(&l->fields);
	intern_release(&l->asked);
	intern_release(&l->released);
	intern_release(&l->probes);
	intern_release(&l->conditions);
	free(l);
}

bool lifetimes_field_asked(const struct lifetimes *l, uint32_t field)
{
	return intern_has(&l->asked, intern_str(&l->fields, field));
}

bool lifetimes_field_released(const struct lifetimes *l, uint32_t field)
{
	return intern_has(&l->released, intern_str(&l->fields, field));
}

void lifetimes_each_caller(struct lifetimes *l,
			   const struct life_function *callee,
			   void (*fn)(const struct life_function *caller,
				      uint32_t op, void *data), void *data)
{
	const struct life_caller *c, *end;

	for (c = callers_of(l, callee, &end); c < end; c++)
		fn(&l->functions[c->caller], c->op, data);
}

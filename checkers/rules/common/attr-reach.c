// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows an attribute from the operations that set it to the functions that lead
 * there, and to the modules that call them; for rules about who may use it.
 */
#include "rules/common/attr-reach.h"

#include <assert.h>

#include "facts/facts.h"
#include "facts/program.h"
#include "facts/view.h"
#include "knowledge/api.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/strvec.h"

#define NOTHING UINT32_MAX

struct reach {
	const struct program *program;
	const struct api *api;
	const struct policy *policy;
	const char *attr;
	struct intern_pool keys;	/* of the functions */
	uint32_t *via;			/* the function that each calls, or NOTHING */
	size_t alloc;
};

/* Visit each operation of the fact sets for which `wanted` is true. */
static void each_use(const struct program *program,
		     bool (*wanted)(const struct fact_set *set,
				    const void *data),
		     const void *asked,
		     void (*fn)(const struct attr_use *use, void *data),
		     void *data)
{
	struct view_iter it = VIEW_ITER(program);
	uint32_t i;

	while (view_next_set(&it)) {
		struct attr_use use = { .v = it.v };

		if (!wanted(it.v.set, asked))
			continue;
		while (view_next_function(&use.v))
			for (i = 0; i < use.v.fn->nr_ops; i++) {
				use.op = view_op(&use.v, i);
				fn(&use, data);
			}
	}
}

/* --- operations that set it --- */

struct uses {
	const char *attr;
	void (*fn)(const struct attr_use *use, void *data);
	void *data;
};

static bool names_it(const struct fact_set *set, const void *attr)
{
	return intern_find(&set->strings, attr) != INTERN_NONE;
}

static bool in_value(const struct view *v, struct value value,
		     uint32_t name)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(v, value, i);

		if (t->kind == TERM_BITS && t->name == name && t->bits)
			return true;
	}
	return false;
}

static bool sets(const struct attr_use *use, uint32_t name)
{
	const struct op *op = use->op;
	int i;

	switch (op->kind) {
	case OP_ASSIGN:
		return !(op->flags & ASSIGN_AND) &&
		       in_value(&use->v, op->value, name);
	case OP_RETURN:
		return in_value(&use->v, op->value, name);
	case OP_CALL:
		for (i = 0; i < op->nr_args; i++)
			if (in_value(&use->v, view_arg(&use->v, op, i), name))
				return true;
		return false;
	default:
		return false;
	}
}

/* The implementation of the DMA API, and code that prints attributes. */
static bool is_core(const struct attr_use *use)
{
	const char *file = view_str(&use->v, use->op->file);

	return !strncmp(file, "kernel/dma/", 11) ||
	       !strncmp(file, "include/trace/", 14);
}

static void report_use(const struct attr_use *use, void *data)
{
	const struct uses *uses = data;

	if (sets(use, intern_find(&use->v.set->strings, uses->attr)) &&
	    !is_core(use))
		uses->fn(use, uses->data);
}

void reach_each_use(const struct program *program, const char *attr,
		    void (*fn)(const struct attr_use *use, void *data),
		    void *data)
{
	struct uses uses = { attr, fn, data };

	each_use(program, names_it, attr, report_use, &uses);
}

/* --- functions that lead there --- */

static void reach_add(struct reach *reach, const char *key, uint32_t via)
{
	uint32_t before = reach->keys.nr, id = intern(&reach->keys, key);

	if (reach->keys.nr == before)
		return;
	/* Following `via` has an end. */
	assert(via == NOTHING || via < id);
	ALLOC_GROW(reach->via, reach->keys.nr, reach->alloc);
	reach->via[id] = via;
}

/* The key of the function that an operation calls by its name, or NULL. */
static const char *callee(const struct view *v, const struct op *op)
{
	return op->kind == OP_CALL ? view_function(v, op->value) : NULL;
}

/* A function that only unmaps leads to no mapping. */
static bool only_unmaps(const struct reach *reach, const struct attr_use *use)
{
	unsigned int roles = 0;
	uint32_t i;

	for (i = 0; i < use->v.fn->nr_ops; i++) {
		const char *key = callee(&use->v, view_op(&use->v, i));
		const struct api_function *api = key ?
			api_function(reach->api, view_key_name(key)) : NULL;

		roles |= api ? api->roles : 0;
	}
	return (roles & (API_UNMAP | API_FREE)) &&
	       !(roles & (API_SINK | API_ALLOC | API_MMIO));
}

static void add_user(const struct attr_use *use, void *data)
{
	if (!(use->v.fn->flags & FUNCTION_FILE) && !only_unmaps(data, use))
		reach_add(data, view_str(&use->v, use->v.fn->key), NOTHING);
}

/* The function of `reach` that the operation calls by its name. */
static uint32_t called(const struct reach *reach, const struct attr_use *use)
{
	const char *key = callee(&use->v, use->op);

	return key ? intern_find(&reach->keys, key) : INTERN_NONE;
}

static bool calls_any(const struct fact_set *set, const void *data)
{
	const struct reach *reach = data;
	uint32_t i;

	for (i = 0; i < reach->keys.nr; i++)
		if (intern_find(&set->strings, intern_str(&reach->keys, i)) !=
		    INTERN_NONE)
			return true;
	return false;
}

/* Whether policy.conf lets one of the unit's modules call it. */
static bool is_open(const struct reach *reach, const struct unit *unit,
		    const char *name)
{
	size_t i;

	for (i = 0; reach->policy && i < unit->nr_modules; i++)
		if (policy_open(reach->policy, name, unit->modules[i],
				reach->attr))
			return true;
	return false;
}

static void add_caller(const struct attr_use *use, void *data)
{
	struct reach *reach = data;
	uint32_t to = called(reach, use);

	if (to == INTERN_NONE || (use->v.fn->flags & FUNCTION_FILE) ||
	    is_open(reach, use->v.unit, view_key_name(intern_str(&reach->keys, to))))
		return;
	reach_add(reach, view_str(&use->v, use->v.fn->key), to);
}

struct reach *reach_new(const struct program *program, const struct api *api,
			const struct policy *policy, const char *attr)
{
	struct reach *reach = xcalloc(1, sizeof(*reach));
	uint32_t before;

	reach->program = program;
	reach->api = api;
	reach->policy = policy;
	reach->attr = attr;
	reach_each_use(program, attr, add_user, reach);
	do {
		before = reach->keys.nr;
		each_use(program, calls_any, reach, add_caller, reach);
	} while (reach->keys.nr > before);
	return reach;
}

void reach_free(struct reach *reach)
{
	if (!reach)
		return;
	intern_release(&reach->keys);
	free(reach->via);
	free(reach);
}

void reach_each_name(const struct reach *reach,
		     void (*fn)(const char *name, void *data), void *data)
{
	uint32_t i;

	for (i = 0; i < reach->keys.nr; i++) {
		const char *key = intern_str(&reach->keys, i);

		/* A static function of a .c file is not visible elsewhere. */
		if (!strstr(key, ".c:"))
			fn(view_key_name(key), data);
	}
}

/* --- where it is passed on --- */

struct targets {
	void (*fn)(const char *name, const char *file, void *data);
	void *data;
};

static void add_target(const struct attr_use *use, void *data)
{
	const struct targets *targets = data;
	const struct op *op = use->op;
	const char *key = callee(&use->v, op);
	const struct place *p;

	if (key && !strchr(key, ':'))
		targets->fn(key, NULL, targets->data);
	if (op->kind != OP_ASSIGN || op->dst == NO_PLACE)
		return;
	p = view_place(&use->v, op->dst);
	if (p->kind == PLACE_FIELD)
		targets->fn(view_str(&use->v, p->name), use->v.unit->file,
			    targets->data);
}

void reach_each_target(const struct reach *reach,
		       void (*fn)(const char *name, const char *file,
				  void *data), void *data)
{
	struct targets targets = { fn, data };

	reach_each_use(reach->program, reach->attr, add_target, &targets);
}

/* --- exports --- */

/* Whether it is exported only to the modules that the macro names. */
static bool is_fenced(const struct fact_set *set, const struct export_fact *e)
{
	return strstr(facts_str(set, e->macro), "FOR_MODULES");
}

/* The EXPORT_SYMBOL() of `name`, and the file it stands in; or NULL. */
static const struct export_fact *find_export(const struct program *program,
					     const char *name,
					     const struct unit **unit)
{
	size_t i;
	uint32_t j;

	for (i = 0; i < program->nr_units; i++) {
		const struct fact_set *set = &program->units[i]->facts;
		uint32_t id = set->nr_exports ?
			intern_find(&set->strings, name) : INTERN_NONE;

		for (j = 0; id != INTERN_NONE && j < set->nr_exports; j++) {
			if (set->exports[j].name != id)
				continue;
			*unit = program->units[i];
			return &set->exports[j];
		}
	}
	return NULL;
}

static bool same_module(const struct unit *a, const struct unit *b)
{
	size_t i, j;

	for (i = 0; i < a->nr_modules; i++)
		for (j = 0; j < b->nr_modules; j++)
			if (!strcmp(a->modules[i], b->modules[j]))
				return true;
	return false;
}

struct each_call {
	const struct reach *reach;
	bool all;		/* also those that policy.conf lets through */
	void (*fn)(const struct reach_call *call, void *data);
	void *data;
};

static void find_call(const struct attr_use *use, void *data)
{
	const struct each_call *each = data;
	const struct reach *reach = each->reach;
	uint32_t to = called(reach, use);
	const struct export_fact *export = NULL;
	const struct unit *unit = NULL;
	struct reach_call call = { .use = *use };

	/* A call in a header counts as one of its callers. */
	if (use->v.set != &use->v.unit->facts)
		return;
	for (; to != INTERN_NONE && to != NOTHING; to = reach->via[to]) {
		const char *key = intern_str(&reach->keys, to);

		call.name = view_key_name(key);
		if (!each->all && is_open(reach, use->v.unit, call.name))
			return;
		export = strchr(key, ':') ? NULL :
			find_export(reach->program, key, &unit);
		if (export || !strstr(key, ".h:"))
			break;
	}
	if (export && !is_fenced(&unit->facts, export) &&
	    !same_module(unit, use->v.unit))
		each->fn(&call, each->data);
}

void reach_each_call(const struct reach *reach, bool all,
		     void (*fn)(const struct reach_call *call, void *data),
		     void *data)
{
	struct each_call each = { reach, all, fn, data };

	each_use(reach->program, calls_any, reach, find_call, &each);
}

/* --- modules that use them --- */

struct users {
	const char *name;
	const char **list;
	size_t nr, alloc;
};

static void add_module(const struct reach_call *call, void *data)
{
	const struct unit *unit = call->use.v.unit;
	struct users *users = data;
	size_t i, j;

	if (strcmp(call->name, users->name))
		return;
	for (i = 0; i < unit->nr_modules; i++) {
		for (j = 0; j < users->nr; j++)
			if (!strcmp(users->list[j], unit->modules[i]))
				break;
		if (j < users->nr)
			continue;
		ALLOC_GROW(users->list, users->nr + 1, users->alloc);
		users->list[users->nr++] = unit->modules[i];
	}
}

void reach_each_export(const struct reach *reach,
		       void (*fn)(const struct reach_export *export,
				  void *data),
		       void *data)
{
	struct each_call each = { reach, true, add_module, NULL };
	uint32_t i;

	for (i = 0; i < reach->keys.nr; i++) {
		const char *key = intern_str(&reach->keys, i);
		struct reach_export export = { .name = key };
		struct users users = { .name = key };

		if (strchr(key, ':'))
			continue;
		export.fact = find_export(reach->program, key, &export.unit);
		if (!export.fact ||
		    is_fenced(&export.unit->facts, export.fact))
			continue;
		each.data = &users;
		each_use(reach->program, calls_any, reach, find_call, &each);
		if (users.nr)
			qsort(users.list, users.nr, sizeof(*users.list),
			      strv_compare);
		export.modules = users.list;
		export.nr_modules = users.nr;
		fn(&export, data);
		free(users.list);
	}
}

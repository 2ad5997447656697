// SPDX-License-Identifier: GPL-2.0-only
/*
 * The functions of a program: an instance of each for each module that it is
 * built into, found by module and key; and how the places of a function are
 * used. From the facts, for all of flow/.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"
#include "lib/diag.h"

struct function_entry {
	UT_hash_handle hh;
	uint32_t module, key;
	uint32_t instance;
};
#define KEY_BYTES (2 * sizeof(uint32_t))

/* A function with external linkage is also found from other modules. */
#define ANY_MODULE (NONE - 1)
#define AMBIGUOUS (NONE - 1)

static struct function_entry *lookup(const struct flow *flow, uint32_t module,
			     uint32_t key)
{
	uint32_t request[2] = { module, key };
	struct function_entry *k;

	HASH_FIND(hh, flow->by_key, request, KEY_BYTES, k);
	return k;
}

static void enter(struct flow *flow, uint32_t module, uint32_t key,
		  uint32_t instance)
{
	struct function_entry *k = xcalloc(1, sizeof(*k));

	k->module = module;
	k->key = key;
	k->instance = instance;
	HASH_ADD(hh, flow->by_key, module, KEY_BYTES, k);
}

uint32_t flow_find(const struct flow *flow, uint32_t module, uint32_t key)
{
	const struct function_entry *k = lookup(flow, module, key);

	if (!k)
		k = lookup(flow, ANY_MODULE, key);
	return k && k->instance != AMBIGUOUS ? k->instance : NONE;
}

static const uint32_t *map_names(struct flow *flow, const struct fact_set *set)
{
	uint32_t *names = xcalloc(set->strings.nr, sizeof(*names)), i;

	for (i = 0; i < set->strings.nr; i++)
		names[i] = intern(&flow->names, facts_str(set, i));
	ALLOC_GROW(flow->set_names, flow->nr_set_names + 1,
		   flow->alloc_set_names);
	flow->set_names[flow->nr_set_names++] = names;
	return names;
}

static bool is_heap(const struct place *p)
{
	return p->kind == PLACE_FIELD || p->kind == PLACE_GLOBAL ||
	       p->kind == PLACE_STATIC;
}

static void name_heap(struct flow *flow, uint32_t nr)
{
	struct instance *in = &flow->instances[nr];
	uint32_t i;

	in->heap = xcalloc(in->v.fn->nr_places, sizeof(*in->heap));
	for (i = 0; i < in->v.fn->nr_places; i++) {
		const struct place *p = view_place(&in->v, i);

		in->heap[i] = NONE;
		if (!is_heap(p))
			continue;
		in->heap[i] = flow_heap_node(flow, in->module, p, in->names);
		flow_heap_occurs(flow, in->heap[i], nr, i);
	}
}

static void add_instance(struct flow *flow, const struct view *v,
			 uint32_t module, const uint32_t *names)
{
	uint32_t key = names[v->fn->key], nr;
	struct instance *in;
	struct function_entry *any;

	if (lookup(flow, module, key))
		return;
	ALLOC_GROW(flow->instances, flow->nr_instances + 1,
		   flow->alloc_instances);
	nr = flow->nr_instances++;
	in = &flow->instances[nr];
	memset(in, 0, sizeof(*in));
	in->module = module;
	in->key = key;
	in->name = names[v->fn->name];
	in->v = *v;
	in->names = names;
	enter(flow, module, key, nr);
	if (!(v->fn->flags & (FUNCTION_STATIC | FUNCTION_HEADER |
			   FUNCTION_FILE))) {
		any = lookup(flow, ANY_MODULE, key);
		if (!any)
			enter(flow, ANY_MODULE, key, nr);
		else if (any->instance != AMBIGUOUS &&
			 flow->instances[any->instance].v.set != v->set)
			any->instance = AMBIGUOUS;
	}
	name_heap(flow, nr);
}

void flow_build(struct flow *flow, const struct intern_pool *only)
{
	const uint32_t **header_names =
		xcalloc(flow->program->nr_header_sets, sizeof(*header_names));
	struct view_iter it = VIEW_ITER(flow->program);

	it.only = only;
	while (view_next_set(&it)) {
		const struct unit *unit = it.v.unit;
		const uint32_t *names = it.header == VIEW_NO_HEADER ? NULL :
			header_names[it.header];
		size_t m;

		if (!names)
			names = map_names(flow, it.v.set);
		if (it.header != VIEW_NO_HEADER)
			header_names[it.header] = names;
		for (m = 0; m < unit->nr_modules; m++) {
			uint32_t module = intern(&flow->names,
						 unit->modules[m]);
			struct view v = it.v;

			while (view_next_function(&v))
				add_instance(flow, &v, module, names);
		}
	}
	free(header_names);
}

/* --- how places are used --- */

struct use_counter {
	uint32_t *count;	/* by place, then running index */
	struct use *list;	/* NULL while counting */
};

static void count_use(struct use_counter *c, uint32_t place, uint32_t op,
		      enum use_how how, uint32_t arg)
{
	if (place == NO_PLACE)
		return;
	if (c->list)
		c->list[c->count[place]] = (struct use){
			op, (uint8_t)how, (uint8_t)arg };
	c->count[place]++;
}

static void count_value(struct use_counter *c, const struct instance *in,
			struct value value, uint32_t op, enum use_how how,
			uint32_t arg)
{
	uint32_t place, i;

	for_each_place(place, i, &in->v, value)
		count_use(c, place, op, how, arg);
}

static void count_uses(struct use_counter *c, const struct instance *in)
{
	uint32_t i, a;

	for (i = 0; i < in->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&in->v, i);

		switch (op->kind) {
		case OP_ASSIGN:
			count_use(c, op->dst, i, USE_DST, 0);
			count_value(c, in, op->value, i, USE_SOURCE, 0);
			break;
		case OP_RETURN:
			count_value(c, in, op->value, i, USE_RETURNED, 0);
			break;
		case OP_CALL:
			count_use(c, op->dst, i, USE_RESULT, 0);
			for (a = 0; a < op->nr_args; a++)
				count_value(c, in, view_arg(&in->v, op, a), i,
					    USE_ARG, a);
			break;
		}
	}
}

const struct uses *flow_uses(struct flow *flow, uint32_t instance)
{
	struct instance *in = &flow->instances[instance];
	uint32_t nr = in->v.fn->nr_places, i, sum = 0;
	struct use_counter c = { NULL, NULL };

	if (in->uses.first)
		return &in->uses;
	c.count = xcalloc(nr + 1, sizeof(*c.count));
	count_uses(&c, in);
	in->uses.first = xcalloc(nr + 1, sizeof(*in->uses.first));
	for (i = 0; i < nr; i++) {
		in->uses.first[i] = sum;
		sum += c.count[i];
		c.count[i] = in->uses.first[i];
	}
	in->uses.first[nr] = sum;
	in->uses.list = c.list = xcalloc(sum, sizeof(*c.list));
	count_uses(&c, in);
	free(c.count);
	return &in->uses;
}

uint32_t flow_param(const struct instance *in, uint32_t param)
{
	uint32_t i;

	for (i = 0; i < in->v.fn->nr_places; i++) {
		const struct place *p = view_place(&in->v, i);

		if (p->kind == PLACE_PARAM && p->number == param)
			return i;
	}
	return NO_PLACE;
}

uint32_t flow_return(const struct instance *in)
{
	/* The extractor makes it the first place, where there is one. */
	if (in->v.fn->nr_places &&
	    view_place(&in->v, 0)->kind == PLACE_RETURN)
		return 0;
	return NO_PLACE;
}

const struct api_function *flow_api(struct flow *flow, uint32_t key)
{
	const char *name, *colon;

	if (key >= flow->alloc_api) {
		uint32_t n = flow->names.nr + 1;

		flow->api_of = xrealloc(flow->api_of,
					n * sizeof(*flow->api_of));
		flow->api_known = xrealloc(flow->api_known, n);
		memset(flow->api_known + flow->alloc_api, 0,
		       n - flow->alloc_api);
		flow->alloc_api = n;
	}
	if (!flow->api_known[key]) {
		name = intern_str(&flow->names, key);
		colon = strrchr(name, ':');
		flow->api_of[key] = api_function(flow->api,
						 colon ? colon + 1 : name);
		flow->api_known[key] = 1;
	}
	return flow->api_of[key];
}

const struct api_function *flow_called_api(struct flow *flow,
					   const struct instance *in,
					   const struct op *op)
{
	uint32_t place, i;

	for_each_place(place, i, &in->v, op->value) {
		const struct place *p = view_place(&in->v, place);

		if (p->kind == PLACE_FUNCTION)
			return flow_api(flow, in->names[p->name]);
		if (in->heap[place] != NONE)
			return flow->heap[in->heap[place]].api;
	}
	return NULL;
}

void flow_build_release(struct flow *flow)
{
	struct function_entry *k, *next;
	uint32_t i;
	size_t n;

	HASH_ITER(hh, flow->by_key, k, next) {
		HASH_DEL(flow->by_key, k);
		free(k);
	}
	for (i = 0; i < flow->nr_instances; i++) {
		free(flow->instances[i].heap);
		free(flow->instances[i].stored_in);
		free(flow->instances[i].uses.first);
		free(flow->instances[i].uses.list);
	}
	free(flow->instances);
	for (n = 0; n < flow->nr_set_names; n++)
		free(flow->set_names[n]);
	free(flow->set_names);
	free(flow->api_of);
	free(flow->api_known);
	intern_release(&flow->names);
}

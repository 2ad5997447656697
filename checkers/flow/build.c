// SPDX-License-Identifier: GPL-2.0-only
/*
 * The functions of a program: an instance of each for each module that it is
 * built into, found by module and key; and how the places of a function are
 * used. From the facts, for all of flow/.
 */
#include "flow/internal.h"

#include "lib/alloc.h"
#include "lib/diag.h"

/* A slot of an open hash table; one whose key is NONE is empty. */
struct function_entry {
	uint32_t module, key;
	uint32_t instance;
};

/* A function with external linkage is also found from other modules. */
#define ANY_MODULE (NONE - 1)
#define AMBIGUOUS (NONE - 1)

/* The slot of the function, or the empty one where it belongs. */
static struct function_entry *slot_of(const struct flow *flow, uint32_t module,
				      uint32_t key)
{
	uint64_t mixed = ((uint64_t)module << 32 | key) *
			 UINT64_C(0x9e3779b97f4a7c15);
	uint32_t i = (uint32_t)(mixed >> 32) & flow->slot_mask;
	struct function_entry *k = &flow->by_key[i];

	while (k->key != NONE && (k->key != key || k->module != module)) {
		i = (i + 1) & flow->slot_mask;
		k = &flow->by_key[i];
	}
	return k;
}

static struct function_entry *lookup(const struct flow *flow, uint32_t module,
				     uint32_t key)
{
	struct function_entry *k = slot_of(flow, module, key);

	return k->key == NONE ? NULL : k;
}

/* Twice the slots, from FIRST_SLOTS on. */
#define FIRST_SLOTS 1024
static void add_slots(struct flow *flow)
{
	struct function_entry *old = flow->by_key;
	uint32_t nr_old = old ? flow->slot_mask + 1 : 0, i;
	uint32_t nr = old ? nr_old * 2 : FIRST_SLOTS;

	flow->by_key = xcalloc(nr, sizeof(*flow->by_key));
	flow->slot_mask = nr - 1;
	for (i = 0; i < nr; i++)
		flow->by_key[i].key = NONE;
	for (i = 0; i < nr_old; i++)
		if (old[i].key != NONE)
			*slot_of(flow, old[i].module, old[i].key) = old[i];
	free(old);
}

static void enter(struct flow *flow, uint32_t module, uint32_t key,
		  uint32_t instance)
{
	if (++flow->nr_keys > flow->slot_mask / 2)
		add_slots(flow);
	*slot_of(flow, module, key) = (struct function_entry){
		module, key, instance
	};
}

uint32_t flow_find(const struct flow *flow, uint32_t module, uint32_t key)
{
	const struct function_entry *k = lookup(flow, module, key);

	if (!k)
		k = lookup(flow, ANY_MODULE, key);
	return k && k->instance != AMBIGUOUS ? k->instance : NONE;
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
			 uint32_t module)
{
	const uint32_t *names = view_numbers(v)->names;
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
	struct view_iter it = VIEW_ITER(flow->program);

	flow->names = &flow->program->strings;
	add_slots(flow);
	it.only = only;
	while (view_next_set(&it)) {
		const struct unit *unit = it.v.unit;
		size_t m;

		for (m = 0; m < unit->nr_modules; m++) {
			uint32_t module = unit->module_names[m];
			struct view v = it.v;

			while (view_next_function(&v))
				add_instance(flow, &v, module);
		}
	}
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

const struct api_function *flow_api(const struct flow *flow, uint32_t key)
{
	return program_api(flow->program, key);
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
	uint32_t i;

	free(flow->by_key);
	for (i = 0; i < flow->nr_instances; i++) {
		free(flow->instances[i].heap);
		free(flow->instances[i].stored_in);
		free(flow->instances[i].uses.first);
		free(flow->instances[i].uses.list);
	}
	free(flow->instances);
}

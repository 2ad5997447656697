// SPDX-License-Identifier: GPL-2.0-only
/*
 * The call graph, and the calls of the API. A direct call is found by its
 * name; a call through a pointer by the functions that are stored in the
 * field, variable or parameter: in the module or, if there are none, in any
 * module, if they are few.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"

/* With more candidates than this an indirect call has no targets. */
#define MAX_ELSEWHERE 8

/* The functions stored in a place. */
struct stored {
	UT_hash_handle hh;
	struct {
		uint32_t instance, place;	/* NONE, heap node */
	} key;
	uint32_t *functions;	/* instances */
	uint32_t nr, alloc;
};

/* Functions stored in a field of that name in any module. */
struct field {
	UT_hash_handle hh;
	struct {
		uint32_t record, name;
	} key;
	uint32_t *functions;
	uint32_t nr, alloc;
};

/* An op that stores or passes a function. */
struct carrying {
	uint32_t instance, op;
};

struct linker {
	struct flow *flow;
	struct stored *stored;
	struct field *fields;
	struct carrying *carrying;
	size_t nr_carrying, alloc_carrying;
	bool changed;
};

static struct stored *stored_in(struct linker *l, const struct instance *in,
			     uint32_t instance, uint32_t place)
{
	struct stored *h, request = { 0 };

	request.key.instance = instance;
	request.key.place = place;
	if (in->heap[place] != NONE) {
		request.key.instance = NONE;
		request.key.place = in->heap[place];
	}
	HASH_FIND(hh, l->stored, &request.key, sizeof(request.key), h);
	if (h)
		return h;
	h = xcalloc(1, sizeof(*h));
	h->key = request.key;
	HASH_ADD(hh, l->stored, key, sizeof(h->key), h);
	return h;
}

static bool add_function(uint32_t **list, uint32_t *nr, uint32_t *alloc,
			 uint32_t function)
{
	uint32_t i;

	for (i = 0; i < *nr; i++)
		if ((*list)[i] == function)
			return false;
	ALLOC_GROW(*list, *nr + 1, *alloc);
	(*list)[(*nr)++] = function;
	return true;
}

static struct field *field_of(struct linker *l, uint32_t record,
			      uint32_t name, bool make)
{
	struct field *f, request = { 0 };

	request.key.record = record;
	request.key.name = name;
	HASH_FIND(hh, l->fields, &request.key, sizeof(request.key), f);
	if (f || !make)
		return f;
	f = xcalloc(1, sizeof(*f));
	f->key = request.key;
	HASH_ADD(hh, l->fields, key, sizeof(f->key), f);
	return f;
}

static void put_target(struct linker *l, uint32_t instance, uint32_t place,
		       uint32_t function)
{
	const struct instance *in = &l->flow->instances[instance];
	const struct place *p = view_place(&in->v, place);
	struct stored *h = stored_in(l, in, instance, place);

	if (!add_function(&h->functions, &h->nr, &h->alloc, function))
		return;
	l->changed = true;
	if (in->heap[place] != NONE) {
		struct instance *held = &l->flow->instances[function];

		ALLOC_GROW(held->stored_in, held->nr_stored_in + 1,
			   held->alloc_stored_in);
		held->stored_in[held->nr_stored_in++] = in->heap[place];
	}
	if (p->kind == PLACE_FIELD) {
		struct field *f = field_of(l, in->names[p->record],
					   in->names[p->name], true);

		add_function(&f->functions, &f->nr, &f->alloc, function);
	}
}

/* Put all functions that `value` may be into `kept_in`. */
static void store_value(struct linker *l, uint32_t from, struct value value,
			uint32_t to, uint32_t kept_in)
{
	const struct instance *in = &l->flow->instances[from];
	uint32_t place, i, j;

	for_each_place(place, i, &in->v, value) {
		const struct place *p = view_place(&in->v, place);
		const struct stored *h;
		uint32_t callee;

		if (p->carry != CARRY_FUNCTION)
			continue;
		if (p->kind == PLACE_FUNCTION) {
			callee = flow_find(l->flow, in->module,
					   in->names[p->name]);
			if (callee != NONE)
				put_target(l, to, kept_in, callee);
			continue;
		}
		h = stored_in(l, in, from, place);
		for (j = 0; j < h->nr; j++)
			put_target(l, to, kept_in, h->functions[j]);
	}
}

static bool has_function(const struct instance *in, struct value value)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&in->v, value, i);

		if (t->kind == TERM_PLACE &&
		    view_place(&in->v, t->place)->carry == CARRY_FUNCTION)
			return true;
	}
	return false;
}

/* Call `fn` for each instance that the call may reach. */
static void each_target(struct linker *l, uint32_t instance,
			const struct op *op,
			void (*fn)(struct linker *l, uint32_t callee,
				   void *data), void *data)
{
	const struct instance *in = &l->flow->instances[instance];
	uint32_t place, i, j;

	for_each_place(place, i, &in->v, op->value) {
		const struct place *p = view_place(&in->v, place);
		const struct stored *h;
		const struct field *f;

		if (p->kind == PLACE_FUNCTION) {
			uint32_t key = in->names[p->name];
			uint32_t callee = flow_api(l->flow, key) ? NONE :
				flow_find(l->flow, in->module, key);

			if (callee != NONE)
				fn(l, callee, data);
			continue;
		}
		h = stored_in(l, in, instance, place);
		for (j = 0; j < h->nr; j++)
			fn(l, h->functions[j], data);
		if (h->nr || p->kind != PLACE_FIELD)
			continue;
		f = field_of(l, in->names[p->record], in->names[p->name],
			     false);
		for (j = 0; f && f->nr <= MAX_ELSEWHERE && j < f->nr; j++)
			fn(l, f->functions[j], data);
	}
}

struct passing {
	uint32_t instance;
	const struct op *op;
};

static void pass_functions(struct linker *l, uint32_t callee, void *data)
{
	const struct passing *passing = data;
	const struct instance *from = &l->flow->instances[passing->instance];
	const struct instance *to = &l->flow->instances[callee];
	uint32_t a;

	for (a = 0; a < passing->op->nr_args; a++) {
		struct value arg = view_arg(&from->v, passing->op, a);
		uint32_t param;

		if (!has_function(from, arg))
			continue;
		param = flow_param(to, a);
		if (param != NO_PLACE)
			store_value(l, passing->instance, arg, callee, param);
	}
}

static bool passes_function(const struct instance *in, const struct op *op)
{
	uint32_t a;

	for (a = 0; a < op->nr_args; a++)
		if (has_function(in, view_arg(&in->v, op, a)))
			return true;
	return false;
}

static void find_carrying(struct linker *l)
{
	uint32_t i, n;

	for (n = 0; n < l->flow->nr_instances; n++) {
		const struct instance *in = &l->flow->instances[n];

		for (i = 0; i < in->v.fn->nr_ops; i++) {
			const struct op *op = view_op(&in->v, i);

			if (!(op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
			      has_function(in, op->value)) &&
			    !(op->kind == OP_CALL && passes_function(in, op)))
				continue;
			ALLOC_GROW(l->carrying, l->nr_carrying + 1,
				   l->alloc_carrying);
			l->carrying[l->nr_carrying++] =
				(struct carrying){ n, i };
		}
	}
}

static void follow_functions(struct linker *l, const struct carrying *c)
{
	const struct op *op = view_op(&l->flow->instances[c->instance].v,
				      c->op);
	struct passing passing = { c->instance, op };

	if (op->kind == OP_ASSIGN)
		store_value(l, c->instance, op->value, c->instance, op->dst);
	else
		each_target(l, c->instance, op, pass_functions, &passing);
}

struct adding {
	uint32_t caller, op;
};

static void add_edge(struct linker *l, uint32_t callee, void *data)
{
	const struct adding *adding = data;
	struct flow *flow = l->flow;
	uint32_t i = flow->nr_edges;

	while (i > flow->instances[adding->caller].first_target &&
	       flow->edges[i - 1].op == adding->op)
		if (flow->edges[--i].callee == callee)
			return;
	ALLOC_GROW(flow->edges, flow->nr_edges + 1, flow->alloc_edges);
	flow->edges[flow->nr_edges++] =
		(struct edge){ adding->caller, adding->op, callee };
}

static void add_edges(struct linker *l)
{
	struct flow *flow = l->flow;
	uint32_t i, j;

	for (i = 0; i < flow->nr_instances; i++) {
		struct instance *in = &flow->instances[i];

		in->first_target = flow->nr_edges;
		for (j = 0; j < in->v.fn->nr_ops; j++) {
			struct adding adding = { i, j };
			const struct op *op = view_op(&in->v, j);

			if (op->kind == OP_CALL)
				each_target(l, i, op, add_edge, &adding);
		}
		in->nr_targets = flow->nr_edges - in->first_target;
	}
}

/* A counting sort, which keeps the callers' order. */
static void order_by_callee(struct flow *flow)
{
	uint32_t *at = xcalloc(flow->nr_instances + 1, sizeof(*at)), i;

	for (i = 0; i < flow->nr_edges; i++)
		flow->instances[flow->edges[i].callee].nr_callers++;
	for (i = 0; i < flow->nr_instances; i++) {
		flow->instances[i].first_caller = at[i];
		at[i + 1] = at[i] + flow->instances[i].nr_callers;
	}
	flow->by_callee = xcalloc(flow->nr_edges, sizeof(*flow->by_callee));
	for (i = 0; i < flow->nr_edges; i++)
		flow->by_callee[at[flow->edges[i].callee]++] = i;
	free(at);
}

/* A field that holds nothing but one function of the kernel's API. */
static void note_api(struct flow *flow, const struct instance *in,
		     const struct op *op)
{
	const unsigned int roles = API_SOURCE | API_SINK | API_UNMAP |
				   API_SYNC | API_TRANSFER;
	struct heap_node *node;
	uint32_t i;

	if (op->kind != OP_ASSIGN || in->heap[op->dst] == NONE)
		return;
	node = &flow->heap[in->heap[op->dst]];
	for (i = 0; node->carry == CARRY_FUNCTION && i < op->value.nr; i++) {
		const struct term *t = view_term(&in->v, op->value, i);
		const struct api_function *api = NULL;
		const struct place *p;

		if (t->kind != TERM_PLACE)
			continue;
		p = view_place(&in->v, t->place);
		if (p->kind == PLACE_FUNCTION)
			api = flow_api(flow, in->names[p->name]);
		if (!api || !(api->roles & roles) ||
		    (node->api && node->api != api))
			node->other_functions = true;
		else
			node->api = api;
	}
}

static void find_api_fields(struct flow *flow)
{
	uint32_t i, j;

	for (i = 0; i < flow->nr_instances; i++) {
		const struct instance *in = &flow->instances[i];

		for (j = 0; j < in->v.fn->nr_ops; j++)
			note_api(flow, in, view_op(&in->v, j));
	}
	for (i = 0; i < flow->nr_heap; i++)
		if (flow->heap[i].other_functions)
			flow->heap[i].api = NULL;
}

const struct edge *flow_first_target(const struct flow *flow,
				     const struct instance *in, uint32_t op)
{
	uint32_t first = in->first_target, end = first + in->nr_targets;

	while (first < end) {
		uint32_t middle = first + (end - first) / 2;

		if (flow->edges[middle].op < op)
			first = middle + 1;
		else
			end = middle;
	}
	return first < in->first_target + in->nr_targets &&
	       flow->edges[first].op == op ? &flow->edges[first] : NULL;
}

bool flow_on_path(const struct frames *path, const struct edge *e)
{
	uint32_t i;

	for (i = 0; path && i + 1 < path->nr; i++)
		if (path->at[i].instance == e->callee)
			return path->at[i + 1].instance == e->caller &&
			       path->at[i + 1].op == e->op;
	return true;
}

static void find_api_calls(struct flow *flow)
{
	uint32_t i, j;

	for (i = 0; i < flow->nr_instances; i++) {
		const struct instance *in = &flow->instances[i];

		for (j = 0; j < in->v.fn->nr_ops; j++) {
			const struct op *op = view_op(&in->v, j);
			const struct api_function *api;

			if (op->kind != OP_CALL)
				continue;
			api = flow_called_api(flow, in, op);
			if (!api)
				continue;
			ALLOC_GROW(flow->api_calls, flow->nr_api_calls + 1,
				   flow->alloc_api_calls);
			flow->api_calls[flow->nr_api_calls++] =
				(struct api_call){ i, j, api };
		}
	}
}

void flow_targets(struct flow *flow)
{
	struct linker l = { .flow = flow };
	struct stored *h, *next_h;
	struct field *f, *next_f;
	size_t i;

	find_api_fields(flow);
	find_carrying(&l);
	/* Pointers travel a few steps at most: table, argument, field. */
	do {
		l.changed = false;
		for (i = 0; i < l.nr_carrying; i++)
			follow_functions(&l, &l.carrying[i]);
	} while (l.changed);
	add_edges(&l);
	find_api_calls(flow);
	order_by_callee(flow);
	free(l.carrying);
	HASH_ITER(hh, l.stored, h, next_h) {
		HASH_DEL(l.stored, h);
		free(h->functions);
		free(h);
	}
	HASH_ITER(hh, l.fields, f, next_f) {
		HASH_DEL(l.fields, f);
		free(f->functions);
		free(f);
	}
}

void flow_targets_release(struct flow *flow)
{
	free(flow->edges);
	free(flow->by_callee);
	free(flow->api_calls);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is outside of the program and would carry the flow on: definitions,
 * callers, users of a field. From the states of solve.c, for analysis/, which
 * reads the files that have them.
 */
#include "flow/internal.h"

struct asking {
	struct flow *flow;
	void (*fn)(const struct flow_request *request, void *data);
	void *data;
};

static void ask(const struct asking *a, enum flow_request_kind kind,
		uint32_t module, uint32_t record, uint32_t name)
{
	const struct intern_pool *names = a->flow->names;
	struct flow_request request = { .kind = kind };

	request.name = intern_str(names, name);
	if (kind == REQUEST_MEMBER || kind == REQUEST_CALLS || kind == REQUEST_SYNC)
		request.record = intern_str(names, record);
	if (kind == REQUEST_MEMBER || kind == REQUEST_TAKERS || kind == REQUEST_SYNC)
		request.module = intern_str(names, module);
	a->fn(&request, a->data);
}

static void ask_node(const struct asking *a, uint32_t node)
{
	const struct heap_node *h = &a->flow->heap[node];

	if (h->kind == PLACE_FIELD)
		ask(a, REQUEST_MEMBER, h->module, h->record, h->name);
}

/* The call takes tainted memory: ask for the function that is called. */
static void ask_callee(const struct asking *a, uint32_t instance, uint32_t nr)
{
	struct flow *flow = a->flow;
	const struct instance *in = &flow->instances[instance];
	const struct op *op = view_op(&in->v, nr);
	uint32_t place, i;

	if (flow_first_target(flow, in, nr))
		return;
	for_each_place(place, i, &in->v, op->value) {
		const struct place *p = view_place(&in->v, place);
		uint32_t key;

		if (p->kind == PLACE_FIELD) {
			ask_node(a, in->heap[place]);
			continue;
		}
		if (p->kind != PLACE_FUNCTION)
			continue;
		key = in->names[p->name];
		if (!flow_api(flow, key) &&
		    !strchr(intern_str(flow->names, key), ':'))
			ask(a, REQUEST_DEFINITION, 0, 0, key);
	}
}

static void ask_uses(const struct asking *a, uint32_t instance,
		     uint32_t place)
{
	const struct uses *uses = flow_uses(a->flow, instance);
	const struct use *u;

	for_each_use(u, uses, place)
		if (u->how == USE_ARG)
			ask_callee(a, instance, u->op);
}

/*
 * The callers through that field: of its module, or of the core that it is
 * registered with. A void pointer that goes through a read() or access() of the
 * whole kernel is bytes more often than pages, and is not followed that far.
 */
static void ask_calls(const struct asking *a, uint32_t node, bool container)
{
	const struct heap_node *h = &a->flow->heap[node];

	ask_node(a, node);
	if (h->kind == PLACE_FIELD && container)
		ask(a, REQUEST_CALLS, h->module, h->record, h->name);
}

/* The function passes tainted memory to its callers. */
static void ask_callers(const struct asking *a, uint32_t instance,
			bool container)
{
	const struct instance *in = &a->flow->instances[instance];
	uint32_t i;

	if (!(in->v.fn->flags & (FUNCTION_STATIC | FUNCTION_HEADER)))
		ask(a, REQUEST_CALLERS, 0, 0, in->name);
	for (i = 0; i < in->nr_stored_in; i++)
		ask_calls(a, in->stored_in[i], container);
}

/* Functions that return the struct whose field is tainted. */
static void ask_takers(const struct asking *a, const struct heap_node *node)
{
	uint32_t i;

	for (i = 0; i < a->flow->nr_instances; i++) {
		const struct instance *in = &a->flow->instances[i];
		uint32_t ret = flow_return(in);
		const struct place *p;

		if (in->module != node->module || ret == NO_PLACE ||
		    (in->v.fn->flags & (FUNCTION_STATIC | FUNCTION_HEADER)))
			continue;
		p = view_place(&in->v, ret);
		if (p->carry == CARRY_OBJECT &&
		    in->names[p->record] == node->record)
			ask(a, REQUEST_TAKERS, node->module, 0, in->name);
	}
}

static bool leaves(const struct instance *in, const struct state *s)
{
	const struct place *p = view_place(&in->v, s->key.place);

	bool from_caller = entry_is_param(s->key.entry) &&
		s->key.entry != ENTRY_CALL(in->v.fn, true) &&
		s->key.entry != ENTRY_CALL(in->v.fn, false);

	return !from_caller && s->key.taint != TAINT_CALLER_POINTEE &&
	       (p->kind == PLACE_RETURN ||
		(p->kind == PLACE_PARAM && s->key.taint == TAINT_POINTEE));
}

static bool carries_container(const struct asking *a, const struct state *s)
{
	return view_place(&a->flow->instances[s->key.instance].v,
			      s->key.place)->carry == CARRY_CONTAINER;
}

static void ask_state(const struct asking *a, const struct state *s)
{
	const struct heap_node *h;
	uint32_t i;

	if (s->key.taint == TAINT_CALLER_POINTEE)
		return;
	if (s->key.instance != NONE) {
		ask_uses(a, s->key.instance, s->key.place);
		if (leaves(&a->flow->instances[s->key.instance], s))
			ask_callers(a, s->key.instance,
				    carries_container(a, s));
		return;
	}
	h = &a->flow->heap[s->key.place];
	ask_node(a, s->key.place);
	if (h->kind == PLACE_FIELD && s->hop != HOP_LINK)
		ask_takers(a, h);
	for (i = 0; i < h->nr; i++)
		ask_uses(a, h->list[i].instance, h->list[i].place);
}

/* Attributes that come from a field may be set in another file. */
static void ask_attrs(const struct asking *a, const struct reached_sink *sink)
{
	const struct instance *in = &a->flow->instances[sink->instance];
	const struct op *op = view_op(&in->v, sink->op);
	const struct api_function *api = flow_called_api(a->flow, in, op);
	struct value value;
	uint32_t i;

	if (!api || api->attrs < 0)
		return;
	value = view_arg(&in->v, op, (uint32_t)api->attrs);
	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&in->v, value, i);

		if (t->kind == TERM_PLACE && in->heap[t->place] != NONE)
			ask_node(a, in->heap[t->place]);
	}
}

/* The callers that pass the attributes or the direction may be elsewhere. */
static void ask_deciders(const struct asking *a, const struct reached_sink *sink,
			 int arg)
{
	const struct frames frames = FRAMES_INIT(sink->instance, sink->op);
	struct constants set;
	uint32_t i;

	flow_values(a->flow, &frames, arg, &set);
	for (i = 0; i < set.nr_missing; i++)
		ask_callers(a, set.missing[i], false);
}

struct kept {
	const struct asking *asking;
	const struct heap_node *node;
};

static void ask_sync(const struct api_function *api, void *data)
{
	const struct kept *kept = data;
	struct flow_request request = { .kind = REQUEST_SYNC };
	const struct intern_pool *names = kept->asking->flow->names;

	request.name = intern_str(names, kept->node->name);
	request.record = api->name;
	request.module = intern_str(names, kept->node->module);
	kept->asking->fn(&request, kept->asking->data);
}

/* Another file may sync the memory by its DMA address alone. */
static void ask_syncs(const struct asking *a, const struct reached_sink *sink)
{
	struct aliases aliases = { .nr = 0, .nr_locals = 0 };
	uint32_t i;

	flow_aliases(a->flow, NULL, sink->instance, sink->op, API_RETURN, &aliases);
	for (i = 0; i < aliases.nr; i++) {
		struct kept kept = { a, &a->flow->heap[aliases.nodes[i]] };

		if (kept.node->kind == PLACE_FIELD)
			api_each(a->flow->api, API_SYNC, ask_sync, &kept);
	}
}

void flow_each_request(struct flow *flow,
		       void (*fn)(const struct flow_request *request, void *data),
		       void *data)
{
	struct asking a = { flow, fn, data };
	uint32_t i;

	for (i = 0; i < flow->nr_states; i++)
		ask_state(&a, &flow->states[i]);
	for (i = 0; i < flow->nr_sinks; i++) {
		const struct reached_sink *sink = &flow->sinks[i];
		const struct instance *in = &flow->instances[sink->instance];
		const struct api_function *api = flow_called_api(flow, in,
						view_op(&in->v, sink->op));

		ask_attrs(&a, sink);
		ask_syncs(&a, sink);
		ask_deciders(&a, sink, api->attrs);
		ask_deciders(&a, sink, api->direction);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the API, one by one, and what can be asked of their arguments. From
 * the graph, for rules.
 */
#include "flow/internal.h"

void flow_locate(const struct flow *flow, uint32_t instance, uint32_t number,
		 struct location *loc)
{
	const struct instance *in = &flow->instances[instance];

	*loc = view_location(&in->v, view_op(&in->v, number));
}

void flow_fill_call(const struct flow *flow, uint32_t instance, uint32_t number,
		    const struct api_function *api, struct flow_call *call)
{
	const struct instance *in = &flow->instances[instance];

	memset(call, 0, sizeof(*call));
	flow_locate(flow, instance, number, &call->loc);
	call->module = intern_str(flow->names, in->module);
	call->api = api;
	call->v = in->v;
	call->op = view_op(&in->v, number);
	call->spelling = view_str(&in->v, call->op->spelling);
	call->instance = instance;
	call->number = number;
}

void flow_each_call(struct flow *flow, unsigned int roles,
		    void (*fn)(const struct flow_call *call, void *data),
		    void *data)
{
	struct flow_call call;
	size_t i;

	for (i = 0; i < flow->nr_api_calls; i++) {
		const struct api_call *c = &flow->api_calls[i];

		if (!(c->api->roles & roles) ||
		    view_is_helper(&flow->instances[c->instance].v))
			continue;
		flow_fill_call(flow, c->instance, c->op, c->api, &call);
		fn(&call, data);
	}
}

const struct arg_detail *flow_call_detail(const struct flow_call *call,
					  int arg)
{
	return view_detail(&call->v, call->op, arg);
}

int flow_call_param(const struct flow_call *call, int arg)
{
	struct value value = view_arg(&call->v, call->op, arg);
	uint32_t place, i;

	for_each_place(place, i, &call->v, value)
		if (view_place(&call->v, place)->kind == PLACE_PARAM)
			return (int)view_place(&call->v, place)->number;
	return -1;
}

enum attr_state flow_call_attr(struct flow *flow,
			       const struct flow_call *call, uint64_t bit)
{
	struct attr_query query = { .flow = flow, .bit = bit,
				    .left = MAX_ATTR_VALUES };

	return flow_attr_all(&query, call->instance, call->number,
			     call->api->attrs);
}

bool flow_same_memory(struct flow *flow, const struct flow_call *a, int arg_a,
		      const struct flow_call *b, int arg_b)
{
	struct aliases of_a = { .nr = 0, .nr_locals = 0 };
	struct aliases of_b = { .nr = 0, .nr_locals = 0 };

	flow_aliases(flow, NULL, a->instance, a->number, arg_a, &of_a);
	flow_aliases(flow, NULL, b->instance, b->number, arg_b, &of_b);
	return flow_same_alias(&of_a, &of_b);
}

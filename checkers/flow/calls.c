// SPDX-License-Identifier: GPL-2.0-only
/* Calls of the kernel's API, one by one, for rules that ask about those. */
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
	call->module = intern_str(&flow->names, in->module);
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
	uint32_t i, j;

	for (i = 0; i < flow->nr_instances; i++) {
		const struct instance *in = &flow->instances[i];

		if (view_is_helper(&in->v))
			continue;
		for (j = 0; j < in->v.fn->nr_ops; j++) {
			const struct op *op = view_op(&in->v, j);
			const struct api_function *api;

			if (op->kind != OP_CALL)
				continue;
			api = flow_called_api(flow, in, op);
			if (!api || !(api->roles & roles))
				continue;
			flow_fill_call(flow, i, j, api, &call);
			fn(&call, data);
		}
	}
}

const struct arg_detail *flow_call_detail(const struct flow_call *call,
					  int arg)
{
	return view_detail(&call->v, call->op, arg);
}

const char *flow_call_text(const struct flow_call *call, int arg)
{
	return view_text(&call->v, call->op, arg);
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

void flow_call_constants(struct flow *flow, const struct flow_call *call,
			 int arg, struct constants *set)
{
	flow_constants(flow, call->instance, call->number, arg, set);
}

enum attr_state flow_call_attr(struct flow *flow,
			       const struct flow_call *call, uint64_t bit)
{
	struct attr_query query = { .flow = flow, .bit = bit };

	return flow_attr_all(&query, call->instance, call->number,
			     call->api->attrs);
}

bool flow_same_memory(struct flow *flow, const struct flow_call *a, int arg_a,
		      const struct flow_call *b, int arg_b)
{
	struct aliases ha = { .nr = 0, .nr_locals = 0 };
	struct aliases hb = { .nr = 0, .nr_locals = 0 };

	flow_aliases(flow, a->instance, a->number, arg_a, &ha);
	flow_aliases(flow, b->instance, b->number, arg_b, &hb);
	return flow_same_alias(&ha, &hb);
}

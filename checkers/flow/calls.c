// SPDX-License-Identifier: GPL-2.0-only
/* Calls of the kernel's API, one by one, for rules that ask about those. */
#include "flow/internal.h"

/*
 * The kernel's own inline helpers are part of its API; a driver's header is
 * part of the driver.
 */
bool flow_is_wrapper(const struct instance *in)
{
	const char *file = facts_str(in->set, in->fn->file);

	return (in->fn->flags & FUNCTION_HEADER) &&
	       (!strncmp(file, "include/", 8) ||
		!strncmp(file, "arch/", 5) || *file == '/');
}

void flow_locate(const struct flow *flow, uint32_t instance, uint32_t number,
		 struct location *loc)
{
	const struct instance *in = &flow->instances[instance];
	const struct op *op = instance_op(in, number);

	loc->file = (char *)facts_str(in->set, op->file);
	loc->line = op->line;
	loc->column = op->column;
	loc->function = in->fn->flags & FUNCTION_FILE ? NULL :
		(char *)intern_str(&flow->names, in->name);
}

void flow_fill_call(const struct flow *flow, uint32_t instance, uint32_t number,
		    const struct api_function *api, struct flow_call *call)
{
	const struct instance *in = &flow->instances[instance];

	memset(call, 0, sizeof(*call));
	flow_locate(flow, instance, number, &call->loc);
	call->module = intern_str(&flow->names, in->module);
	call->api = api;
	call->set = in->set;
	call->fn = in->fn;
	call->op = instance_op(in, number);
	call->spelling = facts_str(in->set, call->op->spelling);
	call->unit = in->unit;
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

		if (flow_is_wrapper(in))
			continue;
		for (j = 0; j < in->fn->nr_ops; j++) {
			const struct op *op = instance_op(in, j);
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
	if (arg < 0 || arg >= call->op->nr_args ||
	    call->op->first_detail == NO_DETAIL)
		return NULL;
	return &call->set->details[call->op->first_detail + (uint32_t)arg];
}

const char *flow_call_text(const struct flow_call *call, int arg)
{
	const struct arg_detail *d = flow_call_detail(call, arg);

	return d ? facts_str(call->set, d->text) : "";
}

int flow_call_param(const struct flow_call *call, int arg)
{
	const struct function *fn = call->fn;
	struct value value;
	uint32_t i;

	if (arg < 0 || arg >= call->op->nr_args)
		return -1;
	value = call->set->args[fn->first_arg + call->op->first_arg +
				(uint32_t)arg];
	for (i = 0; i < value.nr; i++) {
		const struct term *t = &call->set->terms[fn->first_term +
							 value.first + i];
		const struct place *p = t->kind == TERM_PLACE ?
			&call->set->places[fn->first_place + t->place] : NULL;

		if (p && p->kind == PLACE_PARAM)
			return (int)p->number;
	}
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

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether an attribute is set in the argument of a call: followed backwards
 * through or-ed constants, locals, fields, parameters and return values. From
 * the graph, for sinks.c and the rules.
 *
 * Not one with values.c: the lattice is that of enum attr_state in flow.h,
 * where branches and callers are joined in opposite ways, and not a set of
 * values; and a parameter is left open for sinks.c to ask the callers.
 */
#include "flow/internal.h"

/* Attributes take few hops; a longer path is a loop or a mistake. */
#define MAX_DEPTH 8

struct result {
	enum attr_state state;
	uint32_t param;		/* decided by the callers; NONE if not */
};

static const struct result has = { ATTR_HAS, NONE };
static const struct result lacks = { ATTR_LACKS, NONE };
static const struct result unknown = { ATTR_UNKNOWN, NONE };

static struct result eval_value(struct attr_query *query,
				uint32_t instance, struct value value,
				uint32_t at, unsigned int depth);

/* One of the two: of two callers, two assignments. */
static struct result either(struct result a, struct result b)
{
	if (a.state == ATTR_LACKS || b.state == ATTR_LACKS)
		return lacks;
	if (a.param != NONE)
		return a;
	if (b.param != NONE)
		return b;
	return a.state == ATTR_UNKNOWN ? a : b;
}

/* Both, or-ed. */
static struct result both(struct result a, struct result b)
{
	if (a.state == ATTR_HAS || b.state == ATTR_HAS)
		return has;
	if (a.param != NONE)
		return a;
	if (b.param != NONE)
		return b;
	return a.state == ATTR_UNKNOWN ? a : b;
}

/* What all callers of the function pass for that parameter. */
static struct result eval_callers(struct attr_query *query,
				  uint32_t instance, uint32_t param,
				  unsigned int depth)
{
	const struct edge *e;
	struct flow *flow = query->flow;
	const struct instance *in = &flow->instances[instance];
	struct result sum = unknown;
	uint32_t i;

	for_each_caller(e, i, flow, in) {
		const struct instance *caller = &flow->instances[e->caller];
		struct result r = eval_value(query, e->caller,
			view_arg(&caller->v, view_op(&caller->v, e->op),
				     param), e->op, depth + 1);

		if (r.param != NONE)
			r = eval_callers(query, e->caller, r.param,
					 depth + 1);
		sum = i ? either(sum, r) : r;
		if (depth >= MAX_DEPTH)
			break;
	}
	return sum;
}

/* dst &= value: the bit is gone if a constant says so. */
static struct result masked(struct attr_query *query,
			    const struct instance *in, const struct op *op,
			    struct result sum)
{
	uint32_t i;

	for (i = 0; i < op->value.nr; i++) {
		const struct term *t = view_term(&in->v, op->value, i);

		if (t->kind != TERM_BITS || (t->bits & query->bit))
			return sum;
	}
	return op->value.nr ? lacks : sum;
}

/* The bit after dst = r, dst |= r or dst &= r. */
static struct result assigned(struct attr_query *query,
			      const struct instance *in, const struct op *op,
			      struct result sum, struct result r)
{
	if (op->flags & ASSIGN_AND)
		return masked(query, in, op, sum);
	return op->flags & ASSIGN_OR ? both(sum, r) : r;
}

/* What `callee` puts behind its parameter `param`, which was `sum`. */
static struct result eval_stores(struct attr_query *query,
				 const struct edge *e, uint32_t param,
				 struct result sum, unsigned int depth)
{
	struct flow *flow = query->flow;
	const struct instance *in = &flow->instances[e->callee];
	const struct instance *caller = &flow->instances[e->caller];
	uint32_t place = flow_param(in, param);
	const struct uses *uses;
	const struct use *u;

	if (place == NO_PLACE || !view_place(&in->v, place)->is_pointer)
		return sum;
	uses = flow_uses(flow, e->callee);
	for_each_use(u, uses, place) {
		const struct op *op = view_op(&in->v, u->op);
		struct result r;

		if (u->how != USE_DST ||
		    !(op->flags & ASSIGN_ELEMENT) ||
		    (op->flags & ASSIGN_UPDATE))
			continue;
		r = eval_value(query, e->callee, op->value, u->op,
			       depth + 1);
		if (r.param != NONE)
			r = eval_value(query, e->caller,
				view_arg(&caller->v,
					     view_op(&caller->v, e->op),
					     r.param), e->op, depth + 1);
		sum = assigned(query, in, op, sum, r);
	}
	return sum;
}

/* The address of a place with `sum` in it is argument `use->arg` of a call. */
static struct result eval_passed(struct attr_query *query,
				 uint32_t instance, const struct use *use,
				 struct result sum, unsigned int depth)
{
	const struct edge *e;
	struct flow *flow = query->flow;
	const struct instance *in = &flow->instances[instance];

	if (depth >= MAX_DEPTH)
		return sum;
	for_each_target(e, flow, in, use->op)
		sum = eval_stores(query, e, use->arg, sum, depth);
	return sum;
}

/*
 * What a local holds when op `at` reads it: assignments before it in the
 * order of the text, the last one that decides counts.
 */
static struct result eval_local(struct attr_query *query,
				uint32_t instance, uint32_t place,
				uint32_t at, struct result start,
				unsigned int depth)
{
	const struct use *u;
	struct flow *flow = query->flow;
	const struct instance *in = &flow->instances[instance];
	const struct uses *uses = flow_uses(flow, instance);
	struct result sum = start;

	for_each_use(u, uses, place) {
		const struct op *op = view_op(&in->v, u->op);
		struct result r;

		if (u->how == USE_ARG && u->op < at)
			sum = eval_passed(query, instance, u, sum, depth);
		if (u->how != USE_DST || u->op >= at ||
		    (op->flags & ASSIGN_UPDATE))
			continue;
		r = eval_value(query, instance, op->value, u->op, depth + 1);
		sum = assigned(query, in, op, sum, r);
	}
	return sum;
}

/* All that is ever assigned to a field or global of the module. */
static struct result eval_heap(struct attr_query *query, uint32_t node,
			       unsigned int depth)
{
	struct flow *flow = query->flow;
	const struct heap_node *h = &flow->heap[node];
	struct result sum = unknown, added = lacks, passed = unknown;
	bool assigned = false, or_ed = false;
	const struct use *u;
	uint32_t i;

	for (i = 0; i < h->nr; i++) {
		uint32_t instance = h->list[i].instance;
		uint32_t place = h->list[i].place;
		const struct instance *in = &flow->instances[instance];
		const struct uses *uses = flow_uses(flow, instance);

		for_each_use(u, uses, place) {
			const struct op *op = view_op(&in->v, u->op);
			struct result r;

			if (u->how == USE_ARG)
				passed = eval_passed(query, instance, u,
						     passed, depth);
			if (u->how != USE_DST ||
			    (op->flags & (ASSIGN_UPDATE | ASSIGN_AND)))
				continue;
			r = eval_value(query, instance, op->value, u->op,
				       depth + 1);
			if (r.param != NONE)
				r = eval_callers(query, instance, r.param,
						 depth + 1);
			if (op->flags & ASSIGN_OR) {
				added = both(added, r);
				or_ed = true;
				continue;
			}
			sum = assigned ? either(sum, r) : r;
			assigned = true;
		}
	}
	if (passed.state != ATTR_UNKNOWN) {
		sum = assigned ? both(sum, passed) : passed;
		assigned = true;
	}
	if (!or_ed)
		return sum;
	/* Only or-ed to: it started as zeroed memory. */
	return assigned ? both(sum, added) : added;
}

static struct result eval_call(struct attr_query *query,
			       uint32_t instance, uint32_t call,
			       unsigned int depth)
{
	const struct edge *e;
	struct flow *flow = query->flow;
	const struct instance *in = &flow->instances[instance];
	struct result sum = unknown;
	bool any = false;
	uint32_t j;

	for_each_target(e, flow, in, call) {
		const struct instance *callee = &flow->instances[e->callee];

		for (j = 0; j < callee->v.fn->nr_ops; j++) {
			const struct op *op = view_op(&callee->v, j);
			struct result r;

			if (op->kind != OP_RETURN)
				continue;
			r = eval_value(query, e->callee, op->value, j,
				       depth + 1);
			r.param = NONE;
			sum = any ? either(sum, r) : r;
			any = true;
		}
	}
	return sum;
}

static struct result eval_place(struct attr_query *query,
				uint32_t instance, uint32_t place,
				uint32_t at, unsigned int depth)
{
	const struct instance *in = &query->flow->instances[instance];
	const struct place *p = view_place(&in->v, place);
	struct result start = unknown;

	switch (p->kind) {
	case PLACE_PARAM:
		start.param = p->number;
		return eval_local(query, instance, place, at, start, depth);
	case PLACE_LOCAL:
		return eval_local(query, instance, place, at, start, depth);
	case PLACE_FIELD:
	case PLACE_GLOBAL:
	case PLACE_STATIC:
		return eval_heap(query, in->heap[place], depth);
	case PLACE_CALL:
		return eval_call(query, instance, p->number, depth);
	default:
		return unknown;
	}
}

static struct result eval_alt(struct attr_query *query,
			      uint32_t instance, struct value value,
			      unsigned int alt, uint32_t at,
			      unsigned int depth)
{
	const struct instance *in = &query->flow->instances[instance];
	struct result sum = lacks;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&in->v, value, i);
		struct result r = unknown;

		if (t->alt != ALT_ALL && t->alt != alt)
			continue;
		if (t->kind == TERM_BITS)
			r = t->bits & query->bit ? has : lacks;
		else if (t->kind == TERM_PLACE)
			r = eval_place(query, instance, t->place, at, depth);
		sum = both(sum, r);
	}
	return sum;
}

static struct result eval_value(struct attr_query *query,
				uint32_t instance, struct value value,
				uint32_t at, unsigned int depth)
{
	const struct instance *in = &query->flow->instances[instance];
	unsigned int alts = view_nr_alts(&in->v, value), alt;
	struct result sum;

	if (!value.nr)
		return unknown;
	if (depth > MAX_DEPTH || !query->left) {
		flow_stopped(query->flow, BOUND_VALUES, instance);
		return unknown;
	}
	query->left--;
	sum = eval_alt(query, instance, value, 0, at, depth);
	for (alt = 1; alt < alts; alt++) {
		struct result r = eval_alt(query, instance, value, alt, at,
					   depth);

		if (sum.state == ATTR_HAS || r.state == ATTR_HAS)
			return has;
		sum = either(sum, r);
	}
	return sum;
}

enum attr_state flow_attr(struct attr_query *query, uint32_t instance,
			  uint32_t op, int arg, uint32_t *param)
{
	const struct instance *in = &query->flow->instances[instance];
	struct result r;

	*param = NONE;
	if (arg < 0)
		return ATTR_LACKS;
	r = eval_value(query, instance,
		       view_arg(&in->v, view_op(&in->v, op), (uint32_t)arg),
		       op, 0);
	*param = r.param;
	return r.param == NONE ? r.state : ATTR_UNKNOWN;
}

enum attr_state flow_attr_all(struct attr_query *query,
			      uint32_t instance, uint32_t op, int arg)
{
	struct result r;
	uint32_t param;
	enum attr_state state = flow_attr(query, instance, op, arg, &param);

	if (param == NONE)
		return state;
	r = eval_callers(query, instance, param, 0);
	return r.param == NONE ? r.state : ATTR_UNKNOWN;
}

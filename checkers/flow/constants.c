// SPDX-License-Identifier: GPL-2.0-only
/*
 * The constants that can reach an argument: all that is assigned on the way,
 * whatever the branch.
 */
#include "flow/internal.h"

#define MAX_DEPTH 6

static void collect(struct flow *flow, uint32_t instance, struct value value,
		    unsigned int depth, struct constants *set);

static void add(struct constants *set, uint64_t bits)
{
	uint32_t i;

	for (i = 0; i < set->nr; i++)
		if (set->values[i] == bits)
			return;
	if (set->nr < MAX_CONSTANTS)
		set->values[set->nr++] = bits;
	else
		set->unknown = true;
}

/* Everything assigned to the place; false if nothing is. */
static bool collect_assigned(struct flow *flow, uint32_t instance,
			     uint32_t place, unsigned int depth,
			     struct constants *set)
{
	const struct instance *in = &flow->instances[instance];
	const struct uses *uses = flow_uses(flow, instance);
	bool any = false;
	uint32_t i;

	for (i = uses->first[place]; i < uses->first[place + 1]; i++) {
		const struct use *u = &uses->list[i];

		if (u->how != USE_DST ||
		    (view_op(&in->v, u->op)->flags & ASSIGN_AND))
			continue;
		any = true;
		collect(flow, instance, view_op(&in->v, u->op)->value,
			depth + 1, set);
	}
	return any;
}

static void collect_callers(struct flow *flow, uint32_t instance,
			    uint32_t param, unsigned int depth,
			    struct constants *set)
{
	const struct instance *in = &flow->instances[instance];
	uint32_t i;

	if (!in->nr_callers) {
		set->unknown = true;
		if (set->nr_missing < MAX_CONSTANTS)
			set->missing[set->nr_missing++] = instance;
	}
	for (i = 0; i < in->nr_callers; i++) {
		const struct edge *e =
			&flow->edges[flow->by_callee[in->first_caller + i]];
		const struct instance *caller = &flow->instances[e->caller];

		if (!flow_on_route(flow, e))
			continue;
		collect(flow, e->caller,
			view_arg(&caller->v, view_op(&caller->v, e->op),
				     param), depth + 1, set);
	}
}

static void collect_heap(struct flow *flow, uint32_t node, unsigned int depth,
			 struct constants *set)
{
	const struct heap_node *h = &flow->heap[node];
	bool any = false;
	uint32_t i;

	for (i = 0; i < h->nr; i++)
		any |= collect_assigned(flow, h->list[i].instance,
					h->list[i].place, depth, set);
	set->unknown |= !any;
}

static void collect_returned(struct flow *flow, uint32_t instance,
			     uint32_t call, unsigned int depth,
			     struct constants *set)
{
	const struct instance *in = &flow->instances[instance];
	bool any = false;
	uint32_t i, j;

	for (i = 0; i < in->nr_targets; i++) {
		const struct edge *e = &flow->edges[in->first_target + i];
		const struct instance *callee = &flow->instances[e->callee];

		if (e->op != call)
			continue;
		for (j = 0; j < callee->v.fn->nr_ops; j++) {
			const struct op *op = view_op(&callee->v, j);

			if (op->kind != OP_RETURN)
				continue;
			any = true;
			collect(flow, e->callee, op->value, depth + 1, set);
		}
	}
	set->unknown |= !any;
}

static void collect_place(struct flow *flow, uint32_t instance,
			  uint32_t place, unsigned int depth,
			  struct constants *set)
{
	const struct instance *in = &flow->instances[instance];
	const struct place *p = view_place(&in->v, place);

	switch (p->kind) {
	case PLACE_LOCAL:
		if (!collect_assigned(flow, instance, place, depth, set))
			set->unknown = true;
		break;
	case PLACE_PARAM:
		collect_assigned(flow, instance, place, depth, set);
		collect_callers(flow, instance, p->number, depth, set);
		break;
	case PLACE_FIELD:
	case PLACE_GLOBAL:
	case PLACE_STATIC:
		collect_heap(flow, in->heap[place], depth, set);
		break;
	case PLACE_CALL:
		collect_returned(flow, instance, p->number, depth, set);
		break;
	default:
		set->unknown = true;
	}
}

/* One arm of the value: constants are or-ed, each place adds its own. */
static void collect_alt(struct flow *flow, uint32_t instance,
			struct value value, unsigned int alt,
			unsigned int depth, struct constants *set)
{
	const struct instance *in = &flow->instances[instance];
	bool constant = false, other = false;
	uint64_t bits = 0;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&in->v, value, i);

		if (t->alt != ALT_ALL && t->alt != alt)
			continue;
		if (t->kind == TERM_BITS) {
			constant = true;
			bits |= t->bits;
			continue;
		}
		other = true;
		if (t->kind == TERM_PLACE)
			collect_place(flow, instance, t->place, depth, set);
		else
			set->unknown = true;
	}
	if (constant && (!other || bits))
		add(set, bits);
}

static void collect(struct flow *flow, uint32_t instance, struct value value,
		    unsigned int depth, struct constants *set)
{
	const struct instance *in = &flow->instances[instance];
	unsigned int alts = view_nr_alts(&in->v, value), alt;

	if (depth > MAX_DEPTH)
		flow_stopped(flow, BOUND_VALUES, instance);
	if (!value.nr || depth > MAX_DEPTH) {
		set->unknown = true;
		return;
	}
	for (alt = 0; alt < alts; alt++)
		collect_alt(flow, instance, value, alt, depth, set);
}

void flow_constants(struct flow *flow, uint32_t instance, uint32_t op,
		    int arg, struct constants *set)
{
	const struct instance *in = &flow->instances[instance];

	memset(set, 0, sizeof(*set));
	if (arg < 0)
		set->unknown = true;
	else
		collect(flow, instance,
			view_arg(&in->v, view_op(&in->v, op), (uint32_t)arg),
			0, set);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The places that hold the same memory, or its DMA address, as an argument:
 * found through assignments in both directions, over a few calls and returns,
 * but not through the fields themselves. From the graph, for handover.c.
 *
 * Not one with sites.c, which asks another question: there a value is followed
 * one way, in the order of statements, on one path of calls at a time.
 */
#include "flow/internal.h"

#include "lib/alloc.h"

#define MAX_CALLS 4
#define MAX_PLACES 256

struct visit {
	uint32_t instance, place, calls;
};

struct search {
	struct flow *flow;
	const struct frames *path;
	struct aliases *out;
	struct visit list[MAX_PLACES];
	uint32_t nr;
};

static bool holds(const struct place *p)
{
	return carry_memory(p->carry) || p->carry == CARRY_DMA_ADDR;
}

static void add_alias_field(struct search *s, uint32_t node, uint32_t instance)
{
	struct aliases *out = s->out;
	uint32_t i;

	for (i = 0; i < out->nr; i++)
		if (out->nodes[i] == node)
			return;
	if (out->nr < MAX_ALIASES)
		out->nodes[out->nr++] = node;
	else
		flow_stopped(s->flow, BOUND_ALIASES, instance);
}

/* The table that is term `k` of the assigned value, if it is in a struct. */
static void add_pointed(struct search *s, uint32_t instance,
			const struct op *op, uint32_t k)
{
	const struct instance *in = &s->flow->instances[instance];
	const struct term *t = view_term(&in->v, op->value, k);
	const struct place *p;

	if (t->kind != TERM_PLACE || (op->flags & ASSIGN_ELEMENT))
		return;
	p = view_place(&in->v, t->place);
	if (p->kind == PLACE_FIELD && p->carry == CARRY_CONTAINER &&
	    !p->is_pointer)
		add_alias_field(s, in->heap[t->place], instance);
}

/*
 * A table beside the field that points to it: obj->sgt = &obj->user_sgt. One
 * step, and never back: another pointer to it may point to other tables.
 */
static void add_embedded(struct search *s, uint32_t node)
{
	struct flow *flow = s->flow;
	const struct heap_node *h = &flow->heap[node];
	const struct use *u;
	uint32_t i, k;

	if (!h->is_pointer || h->carry != CARRY_CONTAINER)
		return;
	for (i = 0; i < h->nr; i++) {
		const struct instance *in =
			&flow->instances[h->list[i].instance];
		const struct uses *uses = flow_uses(flow, h->list[i].instance);
		uint32_t place = h->list[i].place;

		for_each_use(u, uses, place) {
			const struct op *op = view_op(&in->v, u->op);

			for (k = 0; u->how == USE_DST &&
				    k < op->value.nr; k++)
				add_pointed(s, h->list[i].instance, op, k);
		}
	}
}

bool flow_is_address_of_entry(const struct flow *flow,
			      const struct instance *in,
			      const struct place *p)
{
	return p->kind == PLACE_FIELD && p->carry == CARRY_DMA_ADDR &&
	       api_is_container(flow->api,
				intern_str(flow->names, in->names[p->record]));
}

static void visit(struct search *s, uint32_t instance, uint32_t place,
		  uint32_t calls)
{
	const struct instance *in = &s->flow->instances[instance];
	const struct place *p;
	bool is_local;
	uint32_t i;

	if (place == NO_PLACE)
		return;
	p = view_place(&in->v, place);
	is_local = in->heap[place] == NONE;
	if (!holds(p))
		return;
	if (!is_local && !flow_is_address_of_entry(s->flow, in, p)) {
		if (p->kind != PLACE_GLOBAL) {
			add_alias_field(s, in->heap[place], instance);
			add_embedded(s, in->heap[place]);
		}
		return;
	}
	for (i = 0; i < s->nr; i++)
		if (s->list[i].instance == instance &&
		    s->list[i].place == place)
			return;
	if (s->nr >= MAX_PLACES || calls > MAX_CALLS) {
		flow_stopped(s->flow, BOUND_ALIASES, instance);
		return;
	}
	s->list[s->nr++] = (struct visit){ instance, place, calls };
	if (!is_local)
		return;
	if (s->out->nr_locals < MAX_ALIASES)
		s->out->locals[s->out->nr_locals++] =
			(struct occurrence){ instance, place };
	else
		flow_stopped(s->flow, BOUND_ALIASES, instance);
}

static void visit_value(struct search *s, uint32_t instance,
			struct value value, uint32_t calls)
{
	const struct instance *in = &s->flow->instances[instance];
	uint32_t place, i;

	for_each_place(place, i, &in->v, value)
		visit(s, instance, place, calls);
}

/* The result of the call `op` is a value that one of its targets returns. */
static void visit_callees(struct search *s, const struct visit *v,
			  uint32_t op)
{
	const struct edge *e;
	const struct instance *in = &s->flow->instances[v->instance];
	uint32_t i;

	for_each_target(e, s->flow, in, op) {
		const struct instance *callee;

		callee = &s->flow->instances[e->callee];
		if (callee->module != in->module)
			continue;
		for_each_return(i, &callee->v)
			visit_value(s, e->callee,
				    view_op(&callee->v, i)->value,
				    v->calls + 1);
	}
}

/* To each caller of the module: the result, or argument `param`. */
static void visit_callers(struct search *s, const struct visit *v,
			  uint32_t param)
{
	const struct edge *e;
	struct flow *flow = s->flow;
	const struct instance *in = &flow->instances[v->instance];
	uint32_t i;

	for_each_caller(e, i, flow, in) {
		const struct instance *caller = &flow->instances[e->caller];
		const struct op *op = view_op(&caller->v, e->op);

		if (caller->module != in->module ||
		    !flow_on_path(s->path, e))
			continue;
		if (param == NONE)
			visit(s, e->caller, op->dst, v->calls + 1);
		else
			visit_value(s, e->caller,
				    view_arg(&caller->v, op, param),
				    v->calls + 1);
	}
}

static void visit_uses(struct search *s, const struct visit *v)
{
	const struct use *u;
	const struct instance *in = &s->flow->instances[v->instance];
	const struct place *p = view_place(&in->v, v->place);
	const struct uses *uses = flow_uses(s->flow, v->instance);
	bool is_local = in->heap[v->place] == NONE;

	for_each_use(u, uses, v->place) {
		const struct op *op = view_op(&in->v, u->op);

		/* Of the address in an entry only what is assigned to it. */
		if (!is_local && u->how != USE_DST)
			continue;
		switch (u->how) {
		case USE_SOURCE:
			visit(s, v->instance, op->dst, v->calls);
			break;
		case USE_DST:
			if (!is_local || !(op->flags & ASSIGN_ELEMENT))
				visit_value(s, v->instance, op->value,
					    v->calls);
			break;
		case USE_RESULT:
			visit_callees(s, v, u->op);
			break;
		case USE_RETURNED:
			visit_callers(s, v, NONE);
			break;
		default:
			break;
		}
	}
	if (p->kind == PLACE_PARAM)
		visit_callers(s, v, p->number);
}

bool flow_same_alias(const struct aliases *a, const struct aliases *b)
{
	uint32_t i, j;

	for (i = 0; i < a->nr; i++)
		for (j = 0; j < b->nr; j++)
			if (a->nodes[i] == b->nodes[j])
				return true;
	for (i = 0; i < a->nr_locals; i++)
		for (j = 0; j < b->nr_locals; j++)
			if (a->locals[i].instance == b->locals[j].instance &&
			    a->locals[i].place == b->locals[j].place)
				return true;
	return false;
}

void flow_aliases(struct flow *flow, const struct frames *path,
		  uint32_t instance, uint32_t op, int arg, struct aliases *out)
{
	const struct instance *in = &flow->instances[instance];
	struct search *s = xcalloc(1, sizeof(*s));
	uint32_t i;

	s->flow = flow;
	s->path = path;
	s->out = out;
	if (arg == API_RETURN)
		visit(s, instance, view_op(&in->v, op)->dst, 0);
	else if (arg >= 0)
		visit_value(s, instance,
			    view_arg(&in->v, view_op(&in->v, op),
					 (uint32_t)arg), 0);
	for (i = 0; i < s->nr; i++) {
		struct visit v = s->list[i];

		visit_uses(s, &v);
	}
	free(s);
}

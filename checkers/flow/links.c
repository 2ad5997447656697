// SPDX-License-Identifier: GPL-2.0-only
/*
 * Structs that one module passes to another. Where module A returns or passes
 * a struct to module B, B reads in its fields what A stored there. One step
 * only: a struct that all modules pass on would join the heaps of all. From
 * the call graph, for solve.c.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"

struct link {
	UT_hash_handle hh;
	struct {
		uint32_t module, record;	/* whose struct it is */
	} key;
	struct taker *takers;			/* calls that hand it over */
	uint32_t nr, alloc;
};

static struct link *find_link(const struct flow *flow, uint32_t module,
			      uint32_t record)
{
	struct link *l, request = { 0 };

	request.key.module = module;
	request.key.record = record;
	HASH_FIND(hh, flow->links, &request.key, sizeof(request.key), l);
	return l;
}

static void add_link(struct flow *flow, uint32_t module, uint32_t record,
		     struct taker taker)
{
	struct link *l = find_link(flow, module, record);
	uint32_t i;

	if (!l) {
		l = xcalloc(1, sizeof(*l));
		l->key.module = module;
		l->key.record = record;
		HASH_ADD(hh, flow->links, key, sizeof(l->key), l);
	}
	for (i = 0; i < l->nr; i++)
		if (l->takers[i].to == taker.to)
			return;
	ALLOC_GROW(l->takers, l->nr + 1, l->alloc);
	l->takers[l->nr++] = taker;
}

/* The structs that the call passes to a function of another module. */
static void add_passed(struct flow *flow, const struct edge *e)
{
	const struct instance *to = &flow->instances[e->callee];
	uint32_t from = flow->instances[e->caller].module, i;
	struct taker taker = { to->module, e->caller, e->op };

	for (i = 0; i < to->v.fn->nr_params; i++) {
		uint32_t param = flow_param(to, i);
		const struct place *p;

		if (param == NO_PLACE)
			continue;
		p = view_place(&to->v, param);
		if (p->carry == CARRY_OBJECT)
			add_link(flow, from, to->names[p->record], taker);
	}
}

static void add_returned(struct flow *flow, const struct edge *e)
{
	const struct instance *in = &flow->instances[e->caller];
	uint32_t from = flow->instances[e->callee].module;
	const struct op *op = view_op(&in->v, e->op);
	struct taker taker = { in->module, e->caller, e->op };
	const struct place *p;

	if (op->dst == NO_PLACE)
		return;
	p = view_place(&in->v, op->dst);
	if (p->carry == CARRY_OBJECT)
		add_link(flow, from, in->names[p->record], taker);
}

void flow_links(struct flow *flow)
{
	uint32_t i;

	for (i = 0; i < flow->nr_edges; i++) {
		const struct edge *e = &flow->edges[i];

		if (flow->instances[e->caller].module ==
		    flow->instances[e->callee].module)
			continue;
		add_returned(flow, e);
		add_passed(flow, e);
	}
}

const struct taker *flow_takers(const struct flow *flow, uint32_t module,
				uint32_t record, uint32_t *nr)
{
	const struct link *l = find_link(flow, module, record);

	*nr = l ? l->nr : 0;
	return l ? l->takers : NULL;
}

void flow_links_release(struct flow *flow)
{
	struct link *l, *next;

	HASH_ITER(hh, flow->links, l, next) {
		HASH_DEL(flow->links, l);
		free(l->takers);
		free(l);
	}
}

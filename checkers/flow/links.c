// SPDX-License-Identifier: GPL-2.0-only
/*
 * From one module's heap to another's: where a function of module A returns a
 * struct to module B, B reads in its fields what A put there. One hop only:
 * a struct that everyone passes around would join the heaps of all.
 */
#include "flow/flow-internal.h"

#include <uthash.h>

#include "lib/alloc.h"

struct link {
	UT_hash_handle hh;
	struct {
		uint32_t module, record;	/* whose struct it is */
	} key;
	struct entry_caller *takers;		/* calls that return it */
	uint32_t nr, alloc;
};

static struct link *find(const struct flow *flow, uint32_t module,
			 uint32_t record)
{
	struct link *all = flow->links, *l, want = { 0 };

	want.key.module = module;
	want.key.record = record;
	HASH_FIND(hh, all, &want.key, sizeof(want.key), l);
	return l;
}

static void add(struct flow *flow, uint32_t module, uint32_t record,
		uint32_t taker, uint32_t op)
{
	struct link *all = flow->links, *l = find(flow, module, record);
	uint32_t i;

	if (!l) {
		l = xcalloc(1, sizeof(*l));
		l->key.module = module;
		l->key.record = record;
		HASH_ADD(hh, all, key, sizeof(l->key), l);
		flow->links = all;
	}
	for (i = 0; i < l->nr; i++)
		if (flow->instances[l->takers[i].instance].module ==
		    flow->instances[taker].module)
			return;
	ALLOC_GROW(l->takers, l->nr + 1, l->alloc);
	l->takers[l->nr++] = (struct entry_caller){ NONE, taker, op };
}

void flow_links(struct flow *flow)
{
	uint32_t i;

	for (i = 0; i < flow->nr_edges; i++) {
		const struct edge *e = &flow->edges[i];
		const struct instance *from = &flow->instances[e->callee];
		const struct instance *in = &flow->instances[e->caller];
		const struct op *op = instance_op(in, e->op);
		const struct place *p;

		if (from->module == in->module || op->dst == NO_PLACE)
			continue;
		p = instance_place(in, op->dst);
		if (p->carry == CARRY_OBJECT)
			add(flow, from->module, in->names[p->record],
			    e->caller, e->op);
	}
}

const struct entry_caller *flow_takers(const struct flow *flow,
				       uint32_t module, uint32_t record,
				       uint32_t *nr)
{
	const struct link *l = find(flow, module, record);

	*nr = l ? l->nr : 0;
	return l ? l->takers : NULL;
}

void flow_links_release(struct flow *flow)
{
	struct link *all = flow->links, *l, *next;

	HASH_ITER(hh, all, l, next) {
		HASH_DEL(all, l);
		free(l->takers);
		free(l);
	}
}

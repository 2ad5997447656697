// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mapped and unmapped within one call: the request of a process that waits for
 * it. Looked for behind the map call, in its function and its callers: an
 * unmap of the same memory on the way that every call takes.
 */
#include "flow/flow-internal.h"

#define MAX_UP 4
#define MAX_DOWN 3

struct mapping {
	struct flow *flow;
	uint32_t instance, op;		/* the sink */
	struct holders holders;
};

/* Whether the call `op` can come to the map itself: then it is a loop. */
static bool leads_to_map(const struct mapping *m, uint32_t instance,
			 uint32_t op, unsigned int depth)
{
	const struct instance *in = &m->flow->instances[instance];
	uint32_t i, j;

	for (i = 0; i < in->nr_targets; i++) {
		const struct edge *e =
			&m->flow->edges[in->first_target + i];
		const struct instance *callee;

		if (e->op != op)
			continue;
		if (e->callee == m->instance)
			return true;
		callee = &m->flow->instances[e->callee];
		for (j = 0; depth < MAX_DOWN && j < callee->nr_targets; j++) {
			const struct edge *next =
				&m->flow->edges[callee->first_target + j];

			if (leads_to_map(m, e->callee, next->op, depth + 1))
				return true;
		}
	}
	return false;
}

/* On the way of each call: in no arm of an if or switch, loops do. */
static bool is_unconditional(const struct instance *in, const struct op *op)
{
	const struct branch *branches =
		&in->set->branches[in->fn->first_branch];
	uint32_t b;

	for (b = op->branch; b; b = branches[b].parent)
		if (branches[b].kind != BRANCH_LOOP)
			return false;
	return true;
}

/* Whether the call `op` unmaps the same memory, itself or further down. */
static bool unmaps(const struct mapping *m, uint32_t instance, uint32_t op,
		   unsigned int depth)
{
	struct flow *flow = m->flow;
	const struct instance *in = &flow->instances[instance];
	const struct api_function *api = flow_called_api(flow, in,
						instance_op(in, op));
	uint32_t i, j;

	if (api) {
		struct holders holders = { .nr = 0, .nr_locals = 0 };

		if (!(api->roles & API_UNMAP))
			return false;
		flow_holders(flow, instance, op, api->memory.arg, &holders);
		return flow_same_holder(&m->holders, &holders);
	}
	for (i = 0; depth < MAX_DOWN && i < in->nr_targets; i++) {
		const struct edge *e = &flow->edges[in->first_target + i];
		const struct instance *callee;

		if (e->op != op)
			continue;
		callee = &flow->instances[e->callee];
		for (j = 0; j < callee->fn->nr_ops; j++)
			if (instance_op(callee, j)->kind == OP_CALL &&
			    is_unconditional(callee, instance_op(callee, j)) &&
			    unmaps(m, e->callee, j, depth + 1))
				return true;
	}
	return false;
}

/* Whether control that is in branch `inner` came through `outer`. */
static bool is_within(const struct instance *in, uint32_t inner,
		      uint32_t outer)
{
	const struct branch *branches =
		&in->set->branches[in->fn->first_branch];

	while (inner != outer && inner)
		inner = branches[inner].parent;
	return inner == outer;
}

/* A call that does something: neither a test for failure nor the API. */
static bool is_work(struct flow *flow, const struct instance *in,
		     const struct op *op)
{
	return op->kind == OP_CALL && !flow_called_api(flow, in, op) &&
	       strcmp(facts_str(in->set, op->spelling), "dma_mapping_error");
}

/*
 * Behind call `op` of `instance`, on its way: an unmap. A return in between
 * may leave the mapping alive, unless it is the answer to its failure, before
 * anything else is done; what is behind the last one is for errors.
 */
static bool unmapped_after(const struct mapping *m, uint32_t instance,
			   uint32_t op)
{
	struct flow *flow = m->flow;
	const struct instance *in = &flow->instances[instance];
	uint32_t branch = instance_op(in, op)->branch, i;
	bool worked = false;

	for (i = op + 1; i < in->fn->nr_ops; i++) {
		const struct op *later = instance_op(in, i);

		if (later->kind == OP_RETURN &&
		    (worked || is_within(in, branch, later->branch)))
			return false;
		if (later->kind != OP_CALL)
			continue;
		if (is_within(in, branch, later->branch) &&
		    unmaps(m, instance, i, 0) &&
		    !leads_to_map(m, instance, i, 0))
			return true;
		worked |= is_work(flow, in, later);
	}
	return false;
}

static bool unmapped_up(const struct mapping *m, uint32_t instance,
			uint32_t op, unsigned int depth)
{
	struct flow *flow = m->flow;
	const struct instance *in = &flow->instances[instance];
	uint32_t i;

	if (unmapped_after(m, instance, op))
		return true;
	if (depth >= MAX_UP || !in->nr_callers)
		return false;
	for (i = 0; i < in->nr_callers; i++) {
		const struct edge *e =
			&flow->edges[flow->by_callee[in->first_caller + i]];

		if (!unmapped_up(m, e->caller, e->op, depth + 1))
			return false;
	}
	return true;
}

bool flow_unmapped_in_call(struct flow *flow, uint32_t instance, uint32_t op)
{
	const struct instance *in = &flow->instances[instance];
	const struct api_function *api = flow_called_api(flow, in,
						instance_op(in, op));
	struct mapping m = { .flow = flow, .instance = instance, .op = op };

	flow_holders(flow, instance, op, api->memory.arg, &m.holders);
	flow_holders(flow, instance, op, API_RETURN, &m.holders);
	return unmapped_up(&m, instance, op, 0);
}

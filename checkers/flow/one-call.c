// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether a mapping is undone before the call returns that it is part of: the
 * request of a process that waits for it. In the function that maps and its
 * callers, every path behind the map must unmap the same memory. From exits.c
 * and aliases.c, for handover.c.
 */
#include "flow/internal.h"

#include "flow/exits.h"
#include "lib/alloc.h"

#define MAX_UP 4
#define MAX_DOWN 3

struct mapping {
	struct flow *flow;
	const struct frames *path;	/* at[0] is the sink */
	uint32_t instance;		/* the sink's function */
	struct aliases aliases;
	struct aliases markers;		/* fields that say that it is mapped */
	uint8_t *unmaps;		/* by instance: 0 not asked, 1 no, 2 yes */
};

/* Whether the call `op` can lead to the map itself: then it is a loop. */
static bool leads_to_map(const struct mapping *m, uint32_t instance,
			 uint32_t op, unsigned int depth)
{
	const struct edge *e;
	const struct instance *in = &m->flow->instances[instance];
	uint32_t i;

	for_each_target(e, m->flow, in, op) {
		const struct instance *callee;

		if (e->callee == m->instance)
			return true;
		callee = &m->flow->instances[e->callee];
		if (depth >= MAX_DOWN && callee->nr_targets)
			flow_stopped(m->flow, BOUND_CALLEES, e->callee);
		for (i = 0; depth < MAX_DOWN && i < callee->nr_targets; i++)
			if (leads_to_map(m, e->callee,
					 m->flow->edges[callee->first_target +
							i].op, depth + 1))
				return true;
	}
	return false;
}

static enum tells tells(const struct exits *exits, uint32_t place,
			uint32_t at);
static bool ends(const struct exits *exits, uint32_t op);

/* Whether the mapping still exists when the function returns. */
static bool survives(struct mapping *m, uint32_t instance, uint32_t start,
		     unsigned int depth)
{
	struct exits exits = {
		.flow = m->flow, .instance = instance, .start = start,
		.ends = ends, .tells = tells, .data = m, .depth = depth,
	};

	return flow_survives(&exits);
}

/* Whether a call of the function unmaps it; asked once for each. */
static bool unmaps(struct mapping *m, uint32_t instance, unsigned int depth)
{
	if (!m->unmaps[instance]) {
		m->unmaps[instance] = 1;
		if (!survives(m, instance, NONE, depth))
			m->unmaps[instance] = 2;
	}
	return m->unmaps[instance] == 2;
}

/* Whether the call `op` unmaps the same memory, itself or further down. */
static bool ends(const struct exits *exits, uint32_t op)
{
	struct mapping *m = exits->data;
	struct flow *flow = m->flow;
	const struct instance *in = &flow->instances[exits->instance];
	const struct api_function *api = flow_called_api(flow, in,
						view_op(&in->v, op));
	const struct edge *e;

	if (api) {
		struct aliases aliases = { .nr = 0, .nr_locals = 0 };

		if (!(api->roles & API_UNMAP))
			return false;
		flow_aliases(flow, m->path, exits->instance, op,
			     api->memory.arg, &aliases);
		return flow_same_alias(&m->aliases, &aliases);
	}
	if (exits->depth >= MAX_DOWN) {
		if (in->nr_targets)
			flow_stopped(flow, BOUND_CALLEES, exits->instance);
		return false;
	}
	for_each_target(e, flow, in, op)
		if (unmaps(m, e->callee, exits->depth + 1))
			return !leads_to_map(m, exits->instance, op, 0);
	return false;
}

/* mapped = true: beside the call that maps. */
static bool is_flag(const struct instance *in, const struct op *op,
		    const struct op *call)
{
	return op->value.nr == 1 && op->branch == call->branch &&
	       view_term(&in->v, op->value, 0)->kind == TERM_BITS &&
	       view_term(&in->v, op->value, 0)->bits;
}

/* What a local holds at op `at`: the result of the call that began it? */
static enum tells local_tells(const struct exits *exits, uint32_t place,
			      uint32_t at)
{
	const struct instance *in = &exits->flow->instances[exits->instance];
	const struct op *call = view_op(&in->v, exits->start);
	uint32_t i;

	if (place == call->dst)
		return TELLS_RESULT;
	for (i = at; i-- > 0;) {
		const struct op *op = view_op(&in->v, i);

		if (op->kind != OP_ASSIGN || op->dst != place)
			continue;
		if (call->dst != NO_PLACE &&
		    view_has_place(&in->v, op->value, call->dst))
			return TELLS_RESULT;
		if (i > exits->start && is_flag(in, op, call))
			return TELLS_LASTING;
		/* It holds something else by then. */
		if (!(view_term(&in->v, op->value, 0)->kind == TERM_BITS))
			break;
	}
	return TELLS_NOTHING;
}

static enum tells tells(const struct exits *exits, uint32_t place,
			uint32_t at)
{
	const struct mapping *m = exits->data;
	const struct instance *in = &m->flow->instances[exits->instance];
	uint32_t node = in->heap[place], i;

	for (i = 0; node != NONE && i < m->aliases.nr; i++)
		if (m->aliases.nodes[i] == node)
			return TELLS_LASTING;
	for (i = 0; node != NONE && i < m->markers.nr; i++)
		if (m->markers.nodes[i] == node)
			return TELLS_LASTING;
	for (i = 0; i < m->aliases.nr_locals; i++)
		if (m->aliases.locals[i].instance == exits->instance &&
		    m->aliases.locals[i].place == place)
			return TELLS_LASTING;
	if (node == NONE && exits->start != NONE)
		return local_tells(exits, place, at);
	return TELLS_NOTHING;
}

/* The fields that say, from now on, that it is mapped. */
static void find_markers(struct mapping *m, uint32_t instance, uint32_t call)
{
	const struct instance *in = &m->flow->instances[instance];
	const struct op *map = view_op(&in->v, call);
	uint32_t i;

	for (i = call + 1; i < in->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&in->v, i);

		if (op->kind != OP_ASSIGN || in->heap[op->dst] == NONE ||
		    m->markers.nr == MAX_ALIASES)
			continue;
		if (is_flag(in, op, map) ||
		    (map->dst != NO_PLACE && view_has_place(&in->v, op->value, map->dst)))
			m->markers.nodes[m->markers.nr++] = in->heap[op->dst];
	}
}

static bool unmapped_up(struct mapping *m, uint32_t instance,
			uint32_t op, unsigned int depth)
{
	const struct edge *e;
	struct flow *flow = m->flow;
	const struct instance *in = &flow->instances[instance];
	uint32_t known = m->markers.nr, i;

	find_markers(m, instance, op);
	if (m->markers.nr != known)
		memset(m->unmaps, 0, flow->nr_instances);
	if (!survives(m, instance, op, 0))
		return true;
	if (depth >= MAX_UP && in->nr_callers)
		flow_stopped(flow, BOUND_CALLERS, instance);
	if (depth >= MAX_UP || !in->nr_callers)
		return false;
	for_each_caller(e, i, flow, in) {
		if (flow_on_path(m->path, e) &&
		    !unmapped_up(m, e->caller, e->op, depth + 1))
			return false;
	}
	return true;
}

bool flow_unmapped_in_call(struct flow *flow, const struct frames *path)
{
	uint32_t instance = path->at[0].instance, op = path->at[0].op;
	const struct instance *in = &flow->instances[instance];
	const struct api_function *api = flow_called_api(flow, in,
						view_op(&in->v, op));
	struct mapping m = { .flow = flow, .path = path, .instance = instance };
	bool gone;

	flow_aliases(flow, path, instance, op, api->memory.arg, &m.aliases);
	flow_aliases(flow, path, instance, op, API_RETURN, &m.aliases);
	m.unmaps = xcalloc(flow->nr_instances, 1);
	gone = unmapped_up(&m, instance, op, 0);
	free(m.unmaps);
	return gone;
}

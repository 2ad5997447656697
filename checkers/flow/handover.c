// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether a mapping of user memory may bounce, and why: the driver hands its
 * ownership over between CPU and device. From values.c, aliases.c and
 * one-call.c, for sinks.c.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"

/* A field whose memory the module passes to dma_sync_*(). */
struct synced {
	UT_hash_handle hh;
	uint32_t node;
	bool for_cpu;		/* what the device writes, too */
};

/*
 * A pin without FOLL_LONGTERM, mapped in one direction only: the pages of one
 * transfer, which are released after it.
 */
static bool is_one_transfer(struct flow *flow, const struct frames *path,
			    const struct api_function *api, uint32_t state)
{
	struct constants directions;
	uint32_t i;

	if (!entry_is_brief(flow->states[state].key.entry))
		return false;
	flow_values(flow, path, api->direction, &directions);
	if (directions.unknown || !directions.nr)
		return false;
	for (i = 0; i < directions.nr; i++)
		if (directions.values[i] ==
		    api_value(flow->api, "DMA_BIDIRECTIONAL"))
			return false;
	return true;
}

/* Neither the offset in the page nor the length is a constant. */
static bool is_part_of_page(const struct view *v, const struct op *op,
			    const struct api_function *api)
{
	int arg = api->memory.arg + 1;
	uint32_t i;

	if (api->direction - arg != 2)
		return false;
	for (; arg < api->direction; arg++) {
		struct value value = view_arg(v, op, arg);

		for (i = 0; i < value.nr; i++)
			if (view_term(v, value, i)->kind != TERM_BITS)
				break;
		if (value.nr && i == value.nr)
			return false;
	}
	return true;
}

/*
 * Part of a page, only ever for the device to read: data to be sent. Memory
 * that is shared for longer is mapped by whole pages.
 */
static bool is_sent(struct flow *flow, const struct frames *path,
		    const struct api_function *api)
{
	const struct view *v = &flow->instances[path->at[0].instance].v;
	struct constants directions;

	if (!is_part_of_page(v, view_op(v, path->at[0].op), api))
		return false;
	flow_values(flow, path, api->direction, &directions);
	return !directions.unknown && directions.nr == 1 &&
	       directions.values[0] == api_value(flow->api, "DMA_TO_DEVICE");
}

/* Whether the direction can be another one than DMA_TO_DEVICE. */
static bool is_for_cpu(struct flow *flow, uint32_t instance, uint32_t op,
		       const struct api_function *api)
{
	const struct view *v = &flow->instances[instance].v;
	uint64_t direction;

	return !view_constant(v, view_arg(v, view_op(v, op), api->direction),
			      &direction) ||
	       direction != api_value(flow->api, "DMA_TO_DEVICE");
}

static void note_synced(struct flow *flow, const struct api_call *call)
{
	struct aliases aliases = { .nr = 0, .nr_locals = 0 };
	struct synced *s;
	uint32_t i;

	flow_aliases(flow, NULL, call->instance, call->op,
		     call->api->memory.arg, &aliases);
	for (i = 0; i < aliases.nr; i++) {
		HASH_FIND(hh, flow->synced, &aliases.nodes[i], sizeof(uint32_t), s);
		if (!s) {
			s = xcalloc(1, sizeof(*s));
			s->node = aliases.nodes[i];
			HASH_ADD(hh, flow->synced, node, sizeof(s->node), s);
		}
		s->for_cpu |= is_for_cpu(flow, call->instance, call->op,
					 call->api);
	}
}

void flow_find_synced(struct flow *flow)
{
	size_t i;

	for (i = 0; i < flow->nr_api_calls; i++)
		if (flow->api_calls[i].api->roles & API_SYNC)
			note_synced(flow, &flow->api_calls[i]);
}

static bool is_synced_node(const struct flow *flow, uint32_t node, bool for_cpu)
{
	struct synced *s;

	HASH_FIND(hh, flow->synced, &node, sizeof(uint32_t), s);
	return s && (s->for_cpu || !for_cpu);
}

/*
 * A function on the path keeps the DMA address of an entry of a table in a
 * field that is synced: it maps no other table, so it is one of this.
 */
static bool keeps_synced_address(struct flow *flow,
				 const struct instance *in, bool for_cpu)
{
	const struct view *v = &in->v;
	uint32_t i, k, place, nr_maps = 0;
	bool found = false;

	for (i = 0; i < v->fn->nr_ops; i++) {
		const struct op *op = view_op(v, i);
		const struct api_function *api = op->kind == OP_CALL ?
			flow_called_api(flow, in, op) : NULL;

		nr_maps += api && (api->roles & API_SINK);
		if (op->kind != OP_ASSIGN || op->dst == NO_PLACE ||
		    in->heap[op->dst] == NONE ||
		    !is_synced_node(flow, in->heap[op->dst], for_cpu))
			continue;
		for_each_place(place, k, v, op->value)
			found |= flow_is_address_of_entry(flow, in,
						view_place(v, place));
	}
	return found && nr_maps <= 1;
}

/* The same for each function on the path, and those that call the last one. */
static bool path_keeps_synced_address(struct flow *flow,
				      const struct frames *path, bool for_cpu)
{
	const struct instance *in = NULL;
	const struct edge *e;
	uint32_t i;

	for (i = 0; i < path->nr; i++) {
		in = &flow->instances[path->at[i].instance];
		if (keeps_synced_address(flow, in, for_cpu))
			return true;
	}
	if (!in)
		return false;
	for_each_caller(e, i, flow, in)
		if (keeps_synced_address(flow, &flow->instances[e->caller],
					 for_cpu))
			return true;
	return false;
}

/* The driver syncs this memory, or the field that keeps its DMA address. */
static bool is_synced(struct flow *flow, const struct frames *path,
		      const struct api_function *api)
{
	uint32_t instance = path->at[0].instance, op = path->at[0].op, i;
	struct aliases aliases = { .nr = 0, .nr_locals = 0 };
	bool for_cpu = is_for_cpu(flow, instance, op, api);

	flow_aliases(flow, path, instance, op, api->memory.arg, &aliases);
	flow_aliases(flow, path, instance, op, API_RETURN, &aliases);
	for (i = 0; i < aliases.nr; i++)
		if (is_synced_node(flow, aliases.nodes[i], for_cpu))
			return true;
	return api_in_family(api, "sg") &&
	       path_keeps_synced_address(flow, path, for_cpu);
}

void flow_handover_release(struct flow *flow)
{
	struct synced *s, *next;

	HASH_ITER(hh, flow->synced, s, next) {
		HASH_DEL(flow->synced, s);
		free(s);
	}
}

static const struct api_function *api_at(struct flow *flow,
					 const struct frames *path)
{
	const struct instance *in = &flow->instances[path->at[0].instance];

	return flow_called_api(flow, in, view_op(&in->v, path->at[0].op));
}

bool flow_may_be_one_transfer(struct flow *flow, const struct frames *path,
			      uint32_t state)
{
	const struct api_function *api = api_at(flow, path);
	struct constants directions;

	if (!entry_is_brief(flow->states[state].key.entry))
		return false;
	if (!api)
		return true;
	flow_values(flow, path, api->direction, &directions);
	return directions.unknown || directions.nr_missing || !directions.nr;
}

static const char handed_over[] = "the driver hands it over with dma_sync_*()";

bool flow_handover_is_sync(const char *why)
{
	return why == handed_over;
}

const char *flow_handover(struct flow *flow, const struct frames *path,
			  uint32_t state)
{
	const struct api_function *api = api_at(flow, path);

	if (is_one_transfer(flow, path, api, state))
		return "pinned without FOLL_LONGTERM and mapped one way, for one transfer";
	if (is_sent(flow, path, api))
		return "part of a page, for the device to read once";
	if (is_synced(flow, path, api))
		return handed_over;
	if (flow_unmapped_in_call(flow, path))
		return "it is unmapped before the call returns";
	return NULL;
}

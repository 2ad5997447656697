// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where ownership of the memory is handed over between CPU and device, a
 * mapping may bounce and be cached: nothing is wrong.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"

/* A field that a dma_sync_*() call of its module hands over. */
struct synced {
	UT_hash_handle hh;
	uint32_t node;
};

/*
 * A pin that is not meant to last (no FOLL_LONGTERM), mapped one way only: the
 * pages of one transfer, mapped for it and given back after it.
 */
static bool is_one_transfer(struct flow *flow, uint32_t instance, uint32_t op,
			    uint32_t state)
{
	const struct instance *in = &flow->instances[instance];
	const struct api_function *api = flow_called_api(flow, in,
						view_op(&in->v, op));
	struct constants directions;
	uint32_t i;

	if (!entry_is_brief(flow->states[state].key.entry))
		return false;
	flow_constants(flow, instance, op, api->direction, &directions);
	if (directions.unknown || !directions.nr)
		return false;
	for (i = 0; i < directions.nr; i++)
		if (directions.values[i] ==
		    api_value(flow->api, "DMA_BIDIRECTIONAL"))
			return false;
	return true;
}

/* Neither the place in the page nor the length is fixed. */
static bool is_part_of_page(const struct instance *in, const struct op *op,
			    const struct api_function *api)
{
	int arg = api->memory.arg + 1;
	uint32_t i;

	if (api->direction - arg != 2)
		return false;
	for (; arg < api->direction; arg++) {
		struct value value = view_arg(&in->v, op, (uint32_t)arg);

		for (i = 0; i < value.nr; i++)
			if (view_term(&in->v, value, i)->kind != TERM_BITS)
				break;
		if (value.nr && i == value.nr)
			return false;
	}
	return true;
}

/*
 * Part of a page, only ever for the device to read: a piece of what is sent.
 * What is shared for longer is mapped by whole pages.
 */
static bool is_sent(struct flow *flow, uint32_t instance, uint32_t op)
{
	const struct instance *in = &flow->instances[instance];
	const struct op *call = view_op(&in->v, op);
	const struct api_function *api = flow_called_api(flow, in, call);
	struct constants directions;

	if (!is_part_of_page(in, call, api))
		return false;
	flow_constants(flow, instance, op, api->direction, &directions);
	return !directions.unknown && directions.nr == 1 &&
	       directions.values[0] == api_value(flow->api, "DMA_TO_DEVICE");
}

static void note_synced(struct flow *flow, uint32_t instance, uint32_t op,
			const struct api_function *api)
{
	struct synced *all = flow->synced, *s;
	struct aliases aliases = { .nr = 0, .nr_locals = 0 };
	uint32_t i;

	flow_aliases(flow, instance, op, api->memory.arg, &aliases);
	for (i = 0; i < aliases.nr; i++) {
		HASH_FIND(hh, all, &aliases.nodes[i], sizeof(uint32_t), s);
		if (s)
			continue;
		s = xcalloc(1, sizeof(*s));
		s->node = aliases.nodes[i];
		HASH_ADD(hh, all, node, sizeof(s->node), s);
	}
	flow->synced = all;
}

void flow_find_synced(struct flow *flow)
{
	uint32_t i, j;

	for (i = 0; i < flow->nr_instances; i++) {
		const struct instance *in = &flow->instances[i];

		for (j = 0; j < in->v.fn->nr_ops; j++) {
			const struct op *op = view_op(&in->v, j);
			const struct api_function *api;

			if (op->kind != OP_CALL)
				continue;
			api = flow_called_api(flow, in, op);
			if (api && (api->roles & API_SYNC))
				note_synced(flow, i, j, api);
		}
	}
}

/* The driver syncs what it maps here, or what it keeps the address in. */
static bool is_synced(struct flow *flow, uint32_t instance, uint32_t op)
{
	const struct instance *in = &flow->instances[instance];
	const struct api_function *api = flow_called_api(flow, in,
						view_op(&in->v, op));
	struct synced *all = flow->synced, *s;
	struct aliases aliases = { .nr = 0, .nr_locals = 0 };
	uint32_t i;

	flow_aliases(flow, instance, op, api->memory.arg, &aliases);
	flow_aliases(flow, instance, op, API_RETURN, &aliases);
	for (i = 0; i < aliases.nr; i++) {
		HASH_FIND(hh, all, &aliases.nodes[i], sizeof(uint32_t), s);
		if (s)
			return true;
	}
	return false;
}

void flow_handover_release(struct flow *flow)
{
	struct synced *all = flow->synced, *s, *next;

	HASH_ITER(hh, all, s, next) {
		HASH_DEL(all, s);
		free(s);
	}
}

bool flow_may_be_one_transfer(struct flow *flow, uint32_t instance,
			      uint32_t op, uint32_t state)
{
	const struct instance *in = &flow->instances[instance];
	const struct api_function *api = flow_called_api(flow, in,
						view_op(&in->v, op));
	struct constants directions;

	if (!entry_is_brief(flow->states[state].key.entry))
		return false;
	if (!api)
		return true;
	flow_constants(flow, instance, op, api->direction, &directions);
	return directions.unknown || directions.nr_missing || !directions.nr;
}

const char *flow_handover(struct flow *flow, uint32_t instance, uint32_t op,
			  uint32_t state)
{
	if (is_one_transfer(flow, instance, op, state))
		return "pinned without FOLL_LONGTERM and mapped one way, for one transfer";
	if (is_sent(flow, instance, op))
		return "part of a page, for the device to read once";
	if (is_synced(flow, instance, op))
		return "the driver hands it over with dma_sync_*()";
	if (flow_unmapped_in_call(flow, instance, op))
		return "it is unmapped before the call returns";
	return NULL;
}

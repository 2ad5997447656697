// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fields and globals: one node for all places of a module that name the same
 * one, with the list of these places. From build.c, for all of flow/.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"

struct heap_key {
	uint32_t module, kind, name, record, number;
};
struct heap_entry {
	UT_hash_handle hh;
	struct heap_key key;
	uint32_t node;
};

/* A global is shared by all modules; a field or static is a module's own. */
static struct heap_key make_key(uint32_t module, const struct place *place,
				const uint32_t *names)
{
	struct heap_key key = { module, place->kind, names[place->name], 0,
				0 };

	if (place->kind == PLACE_GLOBAL)
		key.module = NONE;
	if (place->kind == PLACE_FIELD || place->kind == PLACE_STATIC)
		key.record = names[place->record];
	if (place->kind == PLACE_STATIC)
		key.number = place->number;
	return key;
}

static struct heap_entry *lookup(const struct flow *flow,
			     const struct heap_key *key)
{
	struct heap_entry *k;

	HASH_FIND(hh, flow->heap_by_key, key, sizeof(*key), k);
	return k;
}

uint32_t flow_heap_node(struct flow *flow, uint32_t module,
			const struct place *place, const uint32_t *names)
{
	struct heap_key key = make_key(module, place, names);
	struct heap_entry *k = lookup(flow, &key);
	struct heap_node *node;

	if (k)
		return k->node;
	ALLOC_GROW(flow->heap, flow->nr_heap + 1, flow->alloc_heap);
	node = &flow->heap[flow->nr_heap];
	memset(node, 0, sizeof(*node));
	node->module = key.module;
	node->kind = key.kind;
	node->name = key.name;
	node->record = key.record;
	node->number = key.number;
	node->carry = place->carry;
	node->is_pointer = place->is_pointer;
	k = xcalloc(1, sizeof(*k));
	k->key = key;
	k->node = flow->nr_heap++;
	HASH_ADD(hh, flow->heap_by_key, key, sizeof(k->key), k);
	return k->node;
}

uint32_t flow_heap_find(const struct flow *flow, uint32_t module,
			uint32_t record, uint32_t field)
{
	struct heap_key key = { module, PLACE_FIELD, field, record, 0 };
	const struct heap_entry *k = lookup(flow, &key);

	return k ? k->node : NONE;
}

uint32_t flow_heap_field(const struct flow *flow, uint32_t module,
			 const char *record, const char *field)
{
	return flow_heap_find(flow, module, intern_find(flow->names, record),
			      intern_find(flow->names, field));
}

void flow_heap_occurs(struct flow *flow, uint32_t node, uint32_t instance,
		      uint32_t place)
{
	struct heap_node *n = &flow->heap[node];

	ALLOC_GROW(n->list, n->nr + 1, n->alloc);
	n->list[n->nr++] = (struct occurrence){ instance, place };
}

void flow_heap_release(struct flow *flow)
{
	struct heap_entry *k = flow->heap_by_key, *next;
	uint32_t i;

	/* Taken out one by one would take longer than to solve a flow. */
	HASH_CLEAR(hh, flow->heap_by_key);
	for (; k; k = next) {
		next = k->hh.next;
		free(k);
	}
	for (i = 0; i < flow->nr_heap; i++)
		free(flow->heap[i].list);
	free(flow->heap);
}

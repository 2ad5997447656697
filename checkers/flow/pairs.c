// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which map (or allocation) belongs to which unmap: those that meet in a
 * place, each on its own way of calls.
 */
#include "flow/flow-internal.h"

#include "lib/alloc.h"

#define MAPS (API_SINK | API_MMIO | API_ALLOC)
#define UNMAPS (API_UNMAP | API_FREE)

/* A site and what is given there. */
struct end {
	struct holding site;
	struct flow_call call;
	struct constants attrs, directions;
	uint32_t module;
	uint64_t unmap_bits;	/* of maps: that any of its unmaps sets */
	bool evaluated;
	bool by_memory;		/* found by the address that the CPU has */
	bool above;		/* found at what a caller has */
};

struct ends {
	struct end *list;
	size_t nr, alloc;
};

struct pairing {
	size_t *maps;		/* in pairs.maps, of one unmap */
	size_t nr, alloc;
	bool guessed;
};

struct pairs {
	struct flow *flow;
	struct pairing *pairings;	/* one of each unmap */
	struct ends maps, unmaps;
	struct ends *into;
	bool by_memory;
};

static bool is_object(const struct api_function *api)
{
	const char *family = api->family ? api->family : "";

	return !strcmp(family, "sg") || !strcmp(family, "noncontiguous");
}

static bool is_iova(const struct api_function *api)
{
	return api->family && !strcmp(api->family, "iova");
}

static void add_end(const struct holding *site, void *data)
{
	struct pairs *p = data;
	struct ends *ends = p->into;
	struct flow *flow = p->flow;
	const struct frames *frames = &site->frames;
	struct end *e;
	uint32_t level = 0;

	/* Within the kernel's inline helpers it is the helper's caller. */
	while (level + 1 < frames->nr &&
	       flow_is_wrapper(&flow->instances[frames->at[level].instance]))
		level++;
	ALLOC_GROW(ends->list, ends->nr + 1, ends->alloc);
	e = &ends->list[ends->nr++];
	memset(e, 0, sizeof(*e));
	e->site = *site;
	e->site.list = xmalloc((site->nr + 1) * sizeof(*site->list));
	if (site->nr)
		memcpy(e->site.list, site->list,
		       site->nr * sizeof(*site->list));
	e->site.nodes = xmalloc((site->nr_nodes + 1) * sizeof(*site->nodes));
	if (site->nr_nodes)
		memcpy(e->site.nodes, site->nodes,
		       site->nr_nodes * sizeof(*site->nodes));
	flow_fill_call(flow, frames->at[level].instance, frames->at[level].op,
		       site->api, &e->call);
	e->module = flow->instances[frames->at[0].instance].module;
	e->by_memory = p->by_memory;
}

static void add_map(struct pairs *p, uint32_t instance, uint32_t op,
		    const struct api_function *api)
{
	p->into = &p->maps;
	if (is_object(api))
		flow_each_site(p->flow, instance, op,
			       api->roles & API_ALLOC ? api->memory.arg :
							api->handle.arg,
			       REACH_BACK | REACH_FORWARD, add_end, p);
	else
		flow_each_site(p->flow, instance, op, api->handle.arg,
			       REACH_FORWARD, add_end, p);
	if (!(api->roles & API_ALLOC) || is_object(api))
		return;
	p->by_memory = true;
	flow_each_site(p->flow, instance, op, api->memory.arg, REACH_FORWARD,
		       add_end, p);
	p->by_memory = false;
}

static void add_unmap(struct pairs *p, uint32_t instance, uint32_t op,
		      const struct api_function *api)
{
	p->into = &p->unmaps;
	if (is_object(api))
		flow_each_site(p->flow, instance, op, api->memory.arg,
			       REACH_BACK | REACH_FORWARD, add_end, p);
	else
		flow_each_site(p->flow, instance, op, api->handle.arg,
			       REACH_BACK, add_end, p);
	if (!(api->roles & API_FREE) || is_object(api))
		return;
	p->by_memory = true;
	flow_each_site(p->flow, instance, op, api->memory.arg, REACH_BACK,
		       add_end, p);
	p->by_memory = false;
}

static void find_ends(struct pairs *p)
{
	struct flow *flow = p->flow;
	uint32_t i, j;

	for (i = 0; i < flow->nr_instances; i++) {
		const struct instance *in = &flow->instances[i];

		for (j = 0; j < in->fn->nr_ops; j++) {
			const struct op *op = instance_op(in, j);
			const struct api_function *api;

			if (op->kind != OP_CALL)
				continue;
			api = flow_called_api(flow, in, op);
			if (!api || is_iova(api))
				continue;
			if (api->roles & MAPS)
				add_map(p, i, j, api);
			else if (api->roles & UNMAPS)
				add_unmap(p, i, j, api);
		}
	}
}

static void evaluate(struct flow *flow, struct end *e)
{
	if (e->evaluated)
		return;
	flow_words(flow, &e->site.frames, e->site.api->attrs, &e->attrs);
	flow_words(flow, &e->site.frames, e->site.api->direction,
		   &e->directions);
	e->evaluated = true;
}

static void free_ends(struct ends *ends)
{
	size_t i;

	for (i = 0; i < ends->nr; i++) {
		free(ends->list[i].site.list);
		free(ends->list[i].site.nodes);
	}
	free(ends->list);
}

/* --- who belongs to whom --- */

static void add_partner(struct pairing *pairing, size_t map)
{
	ALLOC_GROW(pairing->maps, pairing->nr + 1, pairing->alloc);
	pairing->maps[pairing->nr++] = map;
}

/* By module: the number of its first map and of each one's next, plus 1. */
struct chains {
	size_t *first, *next;
};

static void chain_maps(const struct pairs *p, struct chains *c)
{
	size_t i;

	c->first = xcalloc(p->flow->names.nr, sizeof(*c->first));
	c->next = xcalloc(p->maps.nr, sizeof(*c->next));
	for (i = p->maps.nr; i-- > 0;) {
		const struct end *m = &p->maps.list[i];

		c->next[i] = c->first[m->module];
		c->first[m->module] = i + 1;
	}
}

/*
 * Handed to this function by who is not known, and to whom a map of the same
 * file gave it: then it is one of those.
 */
static void guess(const struct pairs *p, const struct chains *c,
		  const struct end *u, struct pairing *pairing)
{
	size_t i;

	if (!u->site.open || !is_object(u->site.api))
		return;
	for (i = c->first[u->module]; i; i = c->next[i - 1]) {
		const struct end *m = &p->maps.list[i - 1];

		if (m->site.open && is_object(m->site.api) &&
		    m->call.unit == u->call.unit)
			add_partner(pairing, i - 1);
	}
	pairing->guessed = pairing->nr != 0;
}

static bool is_above(uint8_t level)
{
	return level && level != ELSEWHERE;
}

static void pair(const struct pairs *p, const struct chains *c,
		 struct end *u, struct pairing *pairing)
{
	size_t i;

	for (i = c->first[u->module]; i; i = c->next[i - 1]) {
		struct end *m = &p->maps.list[i - 1];
		struct meeting at;

		if (m->by_memory != u->by_memory ||
		    !flow_sites_meet(p->flow, &m->site, &u->site, &at))
			continue;
		m->above |= is_above(at.map_level);
		u->above |= is_above(at.unmap_level);
		add_partner(pairing, i - 1);
	}
	if (!pairing->nr)
		guess(p, c, u, pairing);
}

static bool is_complete(const struct end *u, const struct pairing *pairing)
{
	return is_object(u->site.api) || pairing->guessed ||
	       (!u->site.open && !u->site.unknown);
}

static uint64_t any_bits(const struct constants *set)
{
	uint64_t bits = set->unknown ? UINT64_MAX : 0;
	uint32_t i;

	for (i = 0; i < set->nr; i++)
		bits |= set->values[i];
	return bits;
}

/* The attributes of all unmaps that a map has. */
static void gather(struct pairs *p)
{
	size_t i, j;

	for (i = 0; i < p->unmaps.nr; i++) {
		struct end *u = &p->unmaps.list[i];

		if (!p->pairings[i].nr)
			continue;
		evaluate(p->flow, u);
		for (j = 0; j < p->pairings[i].nr; j++) {
			struct end *m =
				&p->maps.list[p->pairings[i].maps[j]];

			evaluate(p->flow, m);
			m->unmap_bits |= any_bits(&u->attrs);
		}
	}
}

/*
 * The call by which control comes to the function of the call on this way, if
 * what that one passes is what decides.
 */
static bool locate_via(const struct flow *flow, const struct end *e,
		       struct location *loc)
{
	const struct frames *frames = &e->site.frames;
	uint32_t i;

	for (i = 0; e->above && i + 1 < frames->nr; i++)
		if (frames->at[i].instance == e->call.instance) {
			flow_locate(flow, frames->at[i + 1].instance,
				    frames->at[i + 1].op, loc);
			return true;
		}
	return false;
}

static void fill_partner(const struct flow *flow, const struct end *e,
			 struct flow_partner *partner)
{
	partner->call = e->call;
	partner->attrs = e->attrs;
	partner->directions = e->directions;
	partner->unmap_bits = e->unmap_bits;
	partner->has_via = locate_via(flow, e, &partner->via);
}

static void hand_out(const struct pairs *p, const struct end *u,
		     const struct pairing *pairing,
		     void (*fn)(const struct flow_pairing *pairing,
				void *data), void *data)
{
	struct flow_partner *maps = xcalloc(pairing->nr, sizeof(*maps));
	struct flow_pairing out = { .maps = maps, .nr_maps = pairing->nr };
	size_t i;

	for (i = 0; i < pairing->nr; i++)
		fill_partner(p->flow, &p->maps.list[pairing->maps[i]], &maps[i]);
	fill_partner(p->flow, u, &out.unmap);
	out.guessed = pairing->guessed;
	out.complete = is_complete(u, pairing);
	fn(&out, data);
	free(maps);
}

static bool same_call(const struct end *a, const struct end *b)
{
	return a->site.frames.at[0].instance == b->site.frames.at[0].instance &&
	       a->site.frames.at[0].op == b->site.frames.at[0].op;
}

/*
 * The ends of one call, from number `i` on: those by the DMA address, then
 * those by the CPU's, which count where the first say nothing.
 */
static size_t hand_out_call(const struct pairs *p, size_t i,
			    void (*fn)(const struct flow_pairing *pairing,
				       void *data), void *data)
{
	const struct end *list = p->unmaps.list;
	const struct pairing *pairings = p->pairings;
	bool known = true;
	size_t n = 0, j;

	while (i + n < p->unmaps.nr && same_call(&list[i], &list[i + n]))
		n++;
	for (j = i; j < i + n; j++)
		if (!list[j].by_memory)
			known &= pairings[j].nr &&
				 is_complete(&list[j], &pairings[j]);
	for (j = i; j < i + n; j++)
		if (list[j].by_memory != known && pairings[j].nr &&
		    !flow_is_wrapper(&p->flow->instances[
				list[j].call.instance]))
			hand_out(p, &list[j], &pairings[j], fn, data);
	return n;
}

static struct pairs *find_pairs(struct flow *flow)
{
	struct pairs *p = xcalloc(1, sizeof(*p));
	struct chains chains;
	size_t i;

	p->flow = flow;
	find_ends(p);
	chain_maps(p, &chains);
	p->pairings = xcalloc(p->unmaps.nr, sizeof(*p->pairings));
	for (i = 0; i < p->unmaps.nr; i++)
		pair(p, &chains, &p->unmaps.list[i], &p->pairings[i]);
	gather(p);
	free(chains.first);
	free(chains.next);
	return p;
}

void flow_each_pairing(struct flow *flow,
		       void (*fn)(const struct flow_pairing *pairing,
				  void *data), void *data)
{
	const struct pairs *p;
	size_t i;

	if (!flow->pairs)
		flow->pairs = find_pairs(flow);
	p = flow->pairs;
	for (i = 0; i < p->unmaps.nr;)
		i += hand_out_call(p, i, fn, data);
}

void flow_pairs_release(struct flow *flow)
{
	struct pairs *p = flow->pairs;
	size_t i;

	if (!p)
		return;
	for (i = 0; i < p->unmaps.nr; i++)
		free(p->pairings[i].maps);
	free(p->pairings);
	free_ends(&p->maps);
	free_ends(&p->unmaps);
	free(p);
}

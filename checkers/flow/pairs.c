// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which map or allocation belongs to which unmap: those that meet in a place,
 * each on its own path of calls. From sites.c, for the rules about pairs.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"
#include "tree/tree.h"

#define MAPS (API_SINK | API_MMIO | API_ALLOC)
#define UNMAPS (API_UNMAP | API_FREE)

/* A site and the arguments there. */
struct end {
	struct holding site;
	struct flow_call call;
	struct constants attrs, directions;
	uint32_t module;
	uint64_t unmap_bits;	/* of a map: set by any of its unmaps */
	bool evaluated;
	bool by_memory;		/* found by the CPU's address */
	bool above;		/* found in a place of a caller */
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

/* The maps whose address is kept in a field of that name, in any module. */
struct field_maps {
	UT_hash_handle hh;
	struct {
		uint32_t record, name;
	} key;
	size_t *maps;
	size_t nr, alloc;
};

struct pairs {
	struct flow *flow;
	struct pairing *pairings;	/* one of each unmap */
	struct field_maps *by_field;
	struct ends maps, unmaps;
	struct ends *into;
	bool by_memory;
};

static bool is_object(const struct api_function *api)
{
	return api_in_family(api, "sg") || api_in_family(api, "noncontiguous");
}

static bool is_iova(const struct api_function *api)
{
	return api_in_family(api, "iova");
}

static bool may_guess(const struct api_function *api)
{
	return is_object(api) || is_iova(api);
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
	       view_is_helper(&flow->instances[frames->at[level].instance].v))
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

/*
 * A state of dma_iova_*() is not followed: all those of one file belong
 * together.
 */
static void add_iova(struct pairs *p, uint32_t instance, uint32_t op,
		     const struct api_function *api)
{
	struct holding site = { .api = api, .open = true };

	site.frames.at[0] = (struct frame){ instance, op };
	site.frames.nr = 1;
	p->into = api->roles & MAPS ? &p->maps : &p->unmaps;
	add_end(&site, p);
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
	const struct flow *flow = p->flow;
	size_t i;

	for (i = 0; i < flow->nr_api_calls; i++) {
		const struct api_call *c = &flow->api_calls[i];

		if (is_iova(c->api))
			add_iova(p, c->instance, c->op, c->api);
		else if (c->api->roles & MAPS)
			add_map(p, c->instance, c->op, c->api);
		else if (c->api->roles & UNMAPS)
			add_unmap(p, c->instance, c->op, c->api);
	}
}

static void evaluate(struct flow *flow, struct end *e)
{
	if (e->evaluated)
		return;
	flow_values(flow, &e->site.frames, e->site.api->attrs, &e->attrs);
	flow_values(flow, &e->site.frames, e->site.api->direction,
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

/* --- pairs --- */

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

	c->first = xcalloc(p->flow->names->nr, sizeof(*c->first));
	c->next = xcalloc(p->maps.nr, sizeof(*c->next));
	for (i = p->maps.nr; i-- > 0;) {
		const struct end *m = &p->maps.list[i];

		c->next[i] = c->first[m->module];
		c->first[m->module] = i + 1;
	}
}

/*
 * The unmap gets the object from callers that are not known, and maps of the
 * same file return theirs to such callers: it is one of these.
 */
static void guess(const struct pairs *p, const struct chains *c,
		  const struct end *u, struct pairing *pairing)
{
	size_t i;

	if (!u->site.open || !may_guess(u->site.api))
		return;
	for (i = c->first[u->module]; i; i = c->next[i - 1]) {
		const struct end *m = &p->maps.list[i - 1];

		if (m->site.open && may_guess(m->site.api) &&
		    is_iova(m->site.api) == is_iova(u->site.api) &&
		    m->call.v.unit == u->call.v.unit)
			add_partner(pairing, i - 1);
	}
	pairing->guessed = pairing->nr != 0;
}

static struct field_maps *field_maps(const struct pairs *p, uint32_t node)
{
	const struct heap_node *h = &p->flow->heap[node];
	struct field_maps *f, request = { 0 };

	if (h->kind != PLACE_FIELD)
		return NULL;
	request.key.record = h->record;
	request.key.name = h->name;
	HASH_FIND(hh, p->by_field, &request.key, sizeof(request.key), f);
	return f;
}

static void add_by_field(struct pairs *p, uint32_t node, size_t map)
{
	const struct heap_node *h = &p->flow->heap[node];
	struct field_maps *f = field_maps(p, node);

	if (h->kind != PLACE_FIELD)
		return;
	if (!f) {
		f = xcalloc(1, sizeof(*f));
		f->key.record = h->record;
		f->key.name = h->name;
		HASH_ADD(hh, p->by_field, key, sizeof(f->key), f);
	}
	ALLOC_GROW(f->maps, f->nr + 1, f->alloc);
	f->maps[f->nr++] = map;
}

static void find_fields(struct pairs *p)
{
	size_t i;
	uint32_t j;

	for (i = 0; i < p->maps.nr; i++)
		for (j = 0; j < p->maps.list[i].site.nr_nodes; j++)
			add_by_field(p, p->maps.list[i].site.nodes[j].node,
				     i);
}

static bool includes(const struct unit *unit, uint32_t header)
{
	size_t i;

	for (i = 0; i < unit->nr_headers; i++)
		if (unit->headers[i] == header)
			return true;
	return false;
}

/* Two files that include a header of a driver share its structs. */
static bool are_kin(const struct program *program, const struct unit *a,
		    const struct unit *b)
{
	size_t i;

	for (i = 0; a != b && i < a->nr_headers; i++) {
		const char *name = intern_str(&program->names, a->headers[i]);

		if (!tree_is_kernel_wide(name) && includes(b, a->headers[i]))
			return true;
	}
	return a == b;
}

static bool has_partner(const struct pairing *pairing, size_t map)
{
	size_t i;

	for (i = 0; i < pairing->nr; i++)
		if (pairing->maps[i] == map)
			return true;
	return false;
}

/* A field of a struct that modules of one driver share. */
static void pair_modules(const struct pairs *p, const struct end *u,
			 struct pairing *pairing)
{
	uint32_t i;
	size_t j;

	for (i = 0; i < u->site.nr_nodes; i++) {
		const struct field_maps *f =
			field_maps(p, u->site.nodes[i].node);

		for (j = 0; f && j < f->nr; j++) {
			const struct end *m = &p->maps.list[f->maps[j]];

			if (m->module != u->module &&
			    m->by_memory == u->by_memory &&
			    !has_partner(pairing, f->maps[j]) &&
			    are_kin(p->flow->program, m->call.v.unit,
				    u->call.v.unit))
				add_partner(pairing, f->maps[j]);
		}
	}
}

/* --- callbacks --- */

enum callback { SETS_NONE, SETS_ANOTHER, SETS_THIS };

static bool is_stored_in(const struct instance *in, uint32_t node)
{
	uint32_t i;

	for (i = 0; i < in->nr_stored_in; i++)
		if (in->stored_in[i] == node)
			return true;
	return false;
}

/* What a function on the way to the map puts where `callback` is kept, too. */
static enum callback sets_callback(const struct flow *flow,
				   const struct instance *callback,
				   const struct frames *frames)
{
	const char *key = view_str(&callback->v, callback->v.fn->key);
	enum callback found = SETS_NONE;
	uint32_t i, j;

	for (i = 0; i < frames->nr; i++) {
		const struct instance *in =
			&flow->instances[frames->at[i].instance];

		for (j = 0; j < in->v.fn->nr_ops; j++) {
			const struct op *op = view_op(&in->v, j);
			const char *set;

			if (op->kind != OP_ASSIGN || op->dst == NO_PLACE ||
			    in->heap[op->dst] == NONE ||
			    !is_stored_in(callback, in->heap[op->dst]))
				continue;
			set = view_function(&in->v, op->value);
			if (set && !strcmp(set, key))
				return SETS_THIS;
			found = SETS_ANOTHER;
		}
	}
	return found;
}

/* The same map, on the path through one of its callers. */
static size_t add_caller(struct pairs *p, size_t map, const struct edge *e)
{
	struct end *end;

	ALLOC_GROW(p->maps.list, p->maps.nr + 1, p->maps.alloc);
	end = &p->maps.list[p->maps.nr];
	*end = p->maps.list[map];
	end->site.list = NULL;
	end->site.nodes = NULL;
	end->site.nr = end->site.nr_nodes = 0;
	end->site.frames.at[end->site.frames.nr++] =
		(struct frame){ e->caller, e->op };
	end->evaluated = false;
	return p->maps.nr++;
}

/*
 * A helper maps for several callers, and each of these puts a callback into the
 * object: one map for each.
 */
static void split_by_callers(struct pairs *p, const struct instance *callback,
			     struct pairing *pairing)
{
	const struct flow *flow = p->flow;
	size_t nr = pairing->nr, i;
	const struct edge *e;
	uint32_t j;

	for (i = 0; i < nr; i++) {
		size_t map = pairing->maps[i];
		struct frames frames = p->maps.list[map].site.frames;
		const struct instance *in =
			&flow->instances[frames.at[frames.nr - 1].instance];
		bool all = in->nr_callers != 0;

		if (frames.nr >= MAX_FRAMES ||
		    sets_callback(flow, callback, &frames) != SETS_NONE)
			continue;
		frames.nr++;
		for_each_caller(e, j, flow, in) {
			frames.at[frames.nr - 1] =
				(struct frame){ e->caller, e->op };
			all &= sets_callback(flow, callback, &frames) != SETS_NONE;
		}
		if (!all)
			continue;
		for_each_caller(e, j, flow, in) {
			size_t added = add_caller(p, map, e);

			if (!j)
				pairing->maps[i] = added;
			else
				add_partner(pairing, added);
		}
	}
}

/*
 * The function that unmaps is kept in objects as their callback: leave out maps
 * whose callers put another function there, if each map is seen to get one.
 */
static void keep_own_maps(struct pairs *p, const struct end *u,
			  struct pairing *pairing)
{
	const struct flow *flow = p->flow;
	const struct instance *in =
		&flow->instances[u->site.frames.at[0].instance];
	enum callback *sets;
	bool any = false, all = true;
	size_t i, kept = 0;

	if (!in->nr_stored_in || !pairing->nr)
		return;
	split_by_callers(p, in, pairing);
	sets = xcalloc(pairing->nr, sizeof(*sets));
	for (i = 0; i < pairing->nr; i++) {
		sets[i] = sets_callback(flow, in,
				&p->maps.list[pairing->maps[i]].site.frames);
		any |= sets[i] == SETS_THIS;
		all &= sets[i] != SETS_NONE;
	}
	for (i = 0; i < pairing->nr; i++)
		if (!any || !all || sets[i] == SETS_THIS)
			pairing->maps[kept++] = pairing->maps[i];
	pairing->nr = kept;
	free(sets);
}

static bool is_above(uint8_t level)
{
	return level && level != ELSEWHERE;
}

static void pair(struct pairs *p, const struct chains *c,
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
	pair_modules(p, u, pairing);
	keep_own_maps(p, u, pairing);
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
 * The call on this path that enters the function of the end, if the object is
 * found in a place of that caller.
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

static bool share_map(const struct pairing *a, const struct pairing *b)
{
	size_t i;

	for (i = 0; i < a->nr; i++)
		if (has_partner(b, a->maps[i]))
			return true;
	return false;
}

/* An element of an array: which one is not known. */
static bool is_element(const struct end *u)
{
	const struct arg_detail *d =
		flow_call_detail(&u->call, u->site.api->handle.arg);

	return d && (d->flags & DETAIL_ELEMENT);
}

static bool is_instead(const struct flow *flow, const struct end *a,
		       const struct end *b, bool behind)
{
	const struct frame *fa = &a->site.frames.at[0];
	const struct frame *fb = &b->site.frames.at[0];

	return fa->op != fb->op &&
	       (is_element(a) ||
		flow_is_instead(&flow->instances[fa->instance], fa->op,
				fb->op, behind));
}

/* Whether the function of the unmap maps, too. */
static bool maps_here(const struct pairs *p, size_t unmap)
{
	const struct pairing *pairing = &p->pairings[unmap];
	size_t i;

	for (i = 0; i < pairing->nr; i++)
		if (p->maps.list[pairing->maps[i]].call.v.fn ==
		    p->unmaps.list[unmap].call.v.fn)
			return true;
	return false;
}

/* Unmaps of the same function that may be called instead of this one. */
static struct flow_partner *find_others(const struct pairs *p, size_t unmap,
					size_t *nr)
{
	const struct end *list = p->unmaps.list, *u = &list[unmap];
	uint32_t instance = u->site.frames.at[0].instance;
	size_t first = unmap, i, alloc = 0;
	struct flow_partner *others = NULL;
	bool behind = !maps_here(p, unmap);

	*nr = 0;
	while (first > 0 &&
	       list[first - 1].site.frames.at[0].instance == instance)
		first--;
	for (i = first; i < p->unmaps.nr &&
	     list[i].site.frames.at[0].instance == instance; i++) {
		if (!is_instead(p->flow, u, &list[i], behind) ||
		    !share_map(&p->pairings[unmap], &p->pairings[i]))
			continue;
		ALLOC_GROW(others, *nr + 1, alloc);
		fill_partner(p->flow, &list[i], &others[(*nr)++]);
	}
	return others;
}

static void hand_out(const struct pairs *p, size_t unmap,
		     void (*fn)(const struct flow_pairing *pairing,
				void *data), void *data)
{
	const struct pairing *pairing = &p->pairings[unmap];
	const struct end *u = &p->unmaps.list[unmap];
	struct flow_partner *maps = xcalloc(pairing->nr, sizeof(*maps));
	struct flow_pairing out = { .maps = maps, .nr_maps = pairing->nr };
	struct flow_partner *others;
	size_t i;

	for (i = 0; i < pairing->nr; i++)
		fill_partner(p->flow, &p->maps.list[pairing->maps[i]], &maps[i]);
	fill_partner(p->flow, u, &out.unmap);
	out.guessed = pairing->guessed;
	out.complete = is_complete(u, pairing);
	out.others = others = find_others(p, unmap, &out.nr_others);
	fn(&out, data);
	free(maps);
	free(others);
}

static bool same_call(const struct end *a, const struct end *b)
{
	return a->site.frames.at[0].instance == b->site.frames.at[0].instance &&
	       a->site.frames.at[0].op == b->site.frames.at[0].op;
}

/*
 * The ends of one call, from number `i` on: those found by the DMA address
 * or, where these are not complete, those found by the CPU's address.
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
		    !view_is_helper(&p->flow->instances[
				list[j].call.instance].v))
			hand_out(p, j, fn, data);
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
	find_fields(p);
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
	struct field_maps *f, *next;
	size_t i;

	if (!p)
		return;
	for (i = 0; i < p->unmaps.nr; i++)
		free(p->pairings[i].maps);
	free(p->pairings);
	HASH_ITER(hh, p->by_field, f, next) {
		HASH_DEL(p->by_field, f);
		free(f->maps);
		free(f);
	}
	free_ends(&p->maps);
	free_ends(&p->unmaps);
	free(p);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the object of a map is kept, and where an unmap gets its object from:
 * followed through locals, in the order of statements; through fields and
 * globals of the module; down into called functions, and up each path of calls
 * by itself, so that two callers are not mixed. From the graph, for pairs.c.
 */
#include "flow/internal.h"

#include "lib/alloc.h"

#define MAX_PLACES 300
#define MAX_NODES 40
#define MAX_HOPS 3
#define MAX_WAYS 64
#define MAX_UP 5
#define MAX_OCCURRENCES 300

struct search {
	struct flow *flow;
	struct holding site;
	unsigned int ways;
	void (*fn)(const struct holding *site, void *data);
	void *data;
};

static void see_value(struct search *s, uint8_t level, uint32_t instance,
		      struct value value, uint32_t op, uint8_t hops);

/* A call that fills the variable whose address is passed. */
static bool fills(struct flow *flow, const struct instance *in,
		  const struct use *u)
{
	const struct api_function *api;

	if (u->how != USE_ARG)
		return false;
	api = flow_called_api(flow, in, view_op(&in->v, u->op));
	return api && (api->roles & API_ALLOC) && api->handle.arg == u->arg;
}

static bool in_one_loop(const struct instance *in, uint32_t a, uint32_t b)
{
	const struct branch *branches = view_branches(&in->v);

	for (; a; a = branches[a].parent)
		if (branches[a].kind == BRANCH_LOOP &&
		    view_is_within(&in->v, b, a))
			return true;
	return false;
}

/*
 * Whether op `use` may read the value that op `def` puts into a local: no
 * other value is put there in between, on the branch that leads to the use.
 */
static bool reaches(struct flow *flow, uint32_t instance, uint32_t place,
		    uint32_t def, uint32_t use)
{
	const struct use *u;
	const struct instance *in = &flow->instances[instance];
	const struct uses *uses;
	uint32_t branch;

	if (def == NONE || use == NONE || def == use)
		return true;
	branch = view_op(&in->v, use)->branch;
	if (def > use)
		return in_one_loop(in, view_op(&in->v, def)->branch, branch);
	if (flow_is_exclusive(in, branch, view_op(&in->v, def)->branch) &&
	    !in_one_loop(in, view_op(&in->v, def)->branch, branch))
		return false;
	uses = flow_uses(flow, instance);
	for_each_use(u, uses, place) {
		const struct op *op = view_op(&in->v, u->op);

		if (u->op <= def || u->op >= use)
			continue;
		if (u->how == USE_DST &&
		    (op->flags & (ASSIGN_ELEMENT | ASSIGN_OR |
				  ASSIGN_UPDATE | ASSIGN_AND)))
			continue;
		if ((u->how == USE_DST || fills(flow, in, u)) &&
		    view_is_within(&in->v, branch, op->branch))
			return false;
	}
	return true;
}

static void stop_site(struct search *s, uint32_t instance)
{
	s->site.unknown = true;
	flow_stopped(s->flow, BOUND_SITES, instance);
}

static void see_node(struct search *s, uint8_t level, uint32_t node,
		     uint8_t hops)
{
	const struct heap_node *h = &s->flow->heap[node];
	struct holding *site = &s->site;
	const struct use *u;
	uint32_t i;

	for (i = 0; i < site->nr_nodes; i++)
		if (site->nodes[i].node == node)
			return;
	if (site->nr_nodes >= MAX_NODES) {
		stop_site(s, s->site.frames.at[0].instance);
		return;
	}
	ALLOC_GROW(site->nodes, site->nr_nodes + 1, site->alloc_nodes);
	site->nodes[site->nr_nodes++] =
		(struct reached_node){ node, level };
	if (!(site->mode & REACH_BACK))
		return;
	if (hops >= MAX_HOPS || h->nr > MAX_OCCURRENCES) {
		stop_site(s, s->site.frames.at[0].instance);
		return;
	}
	for (i = 0; i < h->nr; i++) {
		uint32_t instance = h->list[i].instance;
		uint32_t place = h->list[i].place;
		const struct instance *in = &s->flow->instances[instance];
		const struct uses *uses = flow_uses(s->flow, instance);

		for_each_use(u, uses, place)
			if (u->how == USE_DST)
				see_value(s, ELSEWHERE, instance,
					  view_op(&in->v, u->op)->value,
					  u->op, (uint8_t)(hops + 1));
	}
}

static void see(struct search *s, uint8_t level, uint32_t instance,
		uint32_t place, uint32_t op, uint8_t hops)
{
	const struct instance *in = &s->flow->instances[instance];
	struct holding *site = &s->site;
	const struct place *p;
	uint32_t i;

	if (place == NO_PLACE)
		return;
	p = view_place(&in->v, place);
	if (p->carry == CARRY_OBJECT || p->carry == CARRY_FUNCTION ||
	    p->carry == CARRY_NOTHING) {
		site->unknown = true;
		return;
	}
	if (in->heap[place] != NONE) {
		see_node(s, level, in->heap[place], hops);
		return;
	}
	/* An object has many names at a time, whatever the order. */
	if (p->carry == CARRY_CONTAINER || p->is_pointer)
		op = NONE;
	for (i = 0; i < site->nr; i++)
		if (site->list[i].instance == instance &&
		    site->list[i].place == place && site->list[i].op == op)
			return;
	if (site->nr >= MAX_PLACES) {
		stop_site(s, instance);
		return;
	}
	ALLOC_GROW(site->list, site->nr + 1, site->alloc);
	site->list[site->nr++] = (struct reached){ instance, place, op, level,
						   hops, false };
}

static void see_value(struct search *s, uint8_t level, uint32_t instance,
		      struct value value, uint32_t op, uint8_t hops)
{
	const struct instance *in = &s->flow->instances[instance];
	bool place = false, other = !value.nr;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&in->v, value, i);

		if (t->kind == TERM_PLACE) {
			see(s, level, instance, t->place, op, hops);
			place = true;
		}
		other |= t->kind == TERM_UNKNOWN;
	}
	/* An offset that is added to an address changes nothing. */
	if (other && !place)
		s->site.unknown = true;
}

/* The result of the call `op` is a value that one of its targets returns. */
static void see_callees(struct search *s, const struct reached *r,
			uint32_t op)
{
	const struct instance *in = &s->flow->instances[r->instance];
	const struct op *call = view_op(&in->v, op);
	const struct api_function *api = flow_called_api(s->flow, in, call);
	bool any = false;
	uint32_t i, j;

	if (api && (api->roles & (API_SINK | API_MMIO | API_ALLOC)))
		return;
	for (i = 0; api && i < api->nr_transfers; i++)
		if (api->transfers[i].to.arg == API_RETURN &&
		    api->transfers[i].from.arg >= 0) {
			see_value(s, r->level, r->instance,
				  view_arg(&in->v, call, (uint32_t)
					       api->transfers[i].from.arg),
				  op, r->hops);
			return;
		}
	for (i = 0; r->hops < MAX_HOPS && i < in->nr_targets; i++) {
		const struct edge *e = &s->flow->edges[in->first_target + i];
		const struct instance *callee;

		if (e->op != op)
			continue;
		callee = &s->flow->instances[e->callee];
		for (j = 0; j < callee->v.fn->nr_ops; j++) {
			if (view_op(&callee->v, j)->kind != OP_RETURN)
				continue;
			any = true;
			see_value(s, ELSEWHERE, e->callee,
				  view_op(&callee->v, j)->value, j,
				  (uint8_t)(r->hops + 1));
		}
	}
	if (r->hops >= MAX_HOPS && in->nr_targets)
		flow_stopped(s->flow, BOUND_SITES, r->instance);
	s->site.unknown |= !any;
}

/* It is passed to a function that may keep it. */
static void see_takers(struct search *s, const struct reached *r,
		       const struct use *u)
{
	const struct edge *e;
	const struct instance *in = &s->flow->instances[r->instance];

	if (!(s->site.api->roles & (API_SINK | API_MMIO | API_ALLOC)) ||
	    flow_called_api(s->flow, in, view_op(&in->v, u->op)))
		return;
	if (r->hops >= MAX_HOPS && in->nr_targets)
		flow_stopped(s->flow, BOUND_SITES, r->instance);
	if (r->hops >= MAX_HOPS)
		return;
	for_each_target(e, s->flow, in, u->op)
		see(s, ELSEWHERE, e->callee,
			    flow_param(&s->flow->instances[e->callee], u->arg),
			    NONE, (uint8_t)(r->hops + 1));
}

/* A parameter of a function that is not on the path. */
static void see_all_callers(struct search *s, const struct reached *r,
			    uint32_t param)
{
	const struct edge *e;
	struct flow *flow = s->flow;
	const struct instance *in = &flow->instances[r->instance];
	uint32_t i;

	s->site.open |= !in->nr_callers;
	if (r->hops >= MAX_HOPS) {
		stop_site(s, r->instance);
		return;
	}
	for_each_caller(e, i, flow, in) {
		const struct instance *caller = &flow->instances[e->caller];

		see_value(s, ELSEWHERE, e->caller,
			  view_arg(&caller->v, view_op(&caller->v, e->op),
				       param),
			  e->op, (uint8_t)(r->hops + 1));
	}
}

static void expand_use(struct search *s, const struct reached *r,
		       const struct use *u)
{
	const struct instance *in = &s->flow->instances[r->instance];
	const struct op *op = view_op(&in->v, u->op);
	bool container = view_place(&in->v, r->place)->carry == CARRY_CONTAINER;
	unsigned int mode = s->site.mode;

	switch (u->how) {
	case USE_SOURCE:
		if ((mode & REACH_FORWARD) &&
		    reaches(s->flow, r->instance, r->place, r->op, u->op))
			see(s, r->level, r->instance, op->dst, u->op, r->hops);
		break;
	case USE_DST:
		if ((mode & REACH_BACK) &&
		    !(container && (op->flags & ASSIGN_ELEMENT)) &&
		    reaches(s->flow, r->instance, r->place, u->op, r->op))
			see_value(s, r->level, r->instance, op->value, u->op,
				  r->hops);
		break;
	case USE_RESULT:
		if (mode & REACH_BACK)
			see_callees(s, r, u->op);
		break;
	case USE_ARG:
		if ((mode & REACH_FORWARD) &&
		    reaches(s->flow, r->instance, r->place, r->op, u->op))
			see_takers(s, r, u);
		break;
	default:
		break;
	}
}

static void expand(struct search *s)
{
	uint32_t i, j;

	for (i = 0; i < s->site.nr; i++) {
		struct reached r = s->site.list[i];
		const struct instance *in = &s->flow->instances[r.instance];
		const struct place *p = view_place(&in->v, r.place);
		const struct uses *uses = flow_uses(s->flow, r.instance);

		if (r.expanded)
			continue;
		s->site.list[i].expanded = true;
		for (j = uses->first[r.place]; j < uses->first[r.place + 1];
		     j++)
			expand_use(s, &r, &uses->list[j]);
		if (p->kind == PLACE_PARAM && r.level == ELSEWHERE &&
		    s->site.mode == REACH_BACK)
			see_all_callers(s, &r, p->number);
	}
}

/* Whether the callers of frame `level` are asked: see_caller() does that. */
static bool is_relevant(const struct search *s, uint8_t level)
{
	uint32_t i, j;

	for (i = 0; i < s->site.nr; i++) {
		const struct reached *r = &s->site.list[i];
		const struct instance *in = &s->flow->instances[r->instance];
		const struct place *p = view_place(&in->v, r->place);
		const struct uses *uses;

		if (r->level != level)
			continue;
		if (p->kind == PLACE_PARAM &&
		    ((s->site.mode & REACH_BACK) || p->is_pointer))
			return true;
		if (!(s->site.mode & REACH_FORWARD))
			continue;
		uses = flow_uses(s->flow, r->instance);
		for (j = uses->first[r->place]; j < uses->first[r->place + 1];
		     j++)
			if (uses->list[j].how == USE_RETURNED)
				return true;
	}
	return false;
}

static void see_caller(struct search *s, uint8_t level, const struct edge *e)
{
	const struct instance *caller = &s->flow->instances[e->caller];
	const struct op *op = view_op(&caller->v, e->op);
	uint32_t nr = s->site.nr, i, j;
	uint8_t up = (uint8_t)(level + 1);

	for (i = 0; i < nr; i++) {
		struct reached r = s->site.list[i];
		const struct instance *in = &s->flow->instances[r.instance];
		const struct place *p = view_place(&in->v, r.place);
		const struct uses *uses = flow_uses(s->flow, r.instance);

		if (r.level != level)
			continue;
		if (p->kind == PLACE_PARAM &&
		    ((s->site.mode & REACH_BACK) || p->is_pointer))
			see_value(s, up, e->caller,
				  view_arg(&caller->v, op, p->number), e->op,
				  r.hops);
		for (j = uses->first[r.place];
		     (s->site.mode & REACH_FORWARD) &&
		     j < uses->first[r.place + 1]; j++)
			if (uses->list[j].how == USE_RETURNED &&
			    reaches(s->flow, r.instance, r.place, r.op,
				    uses->list[j].op))
				see(s, up, e->caller, op->dst, e->op, r.hops);
	}
}

static struct holding copy(const struct holding *site)
{
	struct holding c = *site;

	c.alloc = c.nr;
	c.list = xmalloc((c.nr + 1) * sizeof(*c.list));
	if (c.nr)
		memcpy(c.list, site->list, c.nr * sizeof(*c.list));
	c.alloc_nodes = c.nr_nodes;
	c.nodes = xmalloc((c.nr_nodes + 1) * sizeof(*c.nodes));
	if (c.nr_nodes)
		memcpy(c.nodes, site->nodes, c.nr_nodes * sizeof(*c.nodes));
	return c;
}

static bool is_on_way(const struct frames *frames, uint32_t instance)
{
	uint32_t i;

	for (i = 0; i < frames->nr; i++)
		if (frames->at[i].instance == instance)
			return true;
	return false;
}

/* All paths up from the top frame; a site for each. */
static void climb(struct search *s)
{
	const struct edge *e;
	struct flow *flow = s->flow;
	uint8_t level = (uint8_t)(s->site.frames.nr - 1);
	const struct instance *in =
		&flow->instances[s->site.frames.at[level].instance];
	uint32_t i;

	expand(s);
	if (!is_relevant(s, level) || !in->nr_callers ||
	    s->site.frames.nr == MAX_UP || s->ways >= MAX_WAYS) {
		bool more = is_relevant(s, level);

		s->site.open |= more && !in->nr_callers;
		if (more && in->nr_callers)
			stop_site(s, s->site.frames.at[level].instance);
		s->ways++;
		s->fn(&s->site, s->data);
		return;
	}
	for_each_caller(e, i, flow, in) {
		struct holding before;

		if (is_on_way(&s->site.frames, e->caller))
			continue;
		before = copy(&s->site);
		s->site.frames.at[s->site.frames.nr++] =
			(struct frame){ e->caller, e->op };
		see_caller(s, level, e);
		climb(s);
		free(s->site.list);
		free(s->site.nodes);
		s->site = before;
	}
}

void flow_each_site(struct flow *flow, uint32_t instance, uint32_t op,
		    int arg, unsigned int mode,
		    void (*fn)(const struct holding *site, void *data),
		    void *data)
{
	const struct instance *in = &flow->instances[instance];
	const struct op *call = view_op(&in->v, op);
	struct search s = { .flow = flow, .fn = fn, .data = data };

	s.site.frames.at[0] = (struct frame){ instance, op };
	s.site.frames.nr = 1;
	s.site.api = flow_called_api(flow, in, call);
	s.site.mode = mode;
	if (arg == API_RETURN)
		see(&s, 0, instance, call->dst, op, 0);
	else if (arg >= 0)
		see_value(&s, 0, instance,
			  view_arg(&in->v, call, (uint32_t)arg), op, 0);
	climb(&s);
	free(s.site.list);
	free(s.site.nodes);
}

/*
 * A place that one side reached off its own path says nothing of the callers
 * of the other side; that both are passed to one helper says nothing at all.
 */
static bool is_on_one_way(const struct holding *map, const struct reached *m,
			  const struct holding *unmap,
			  const struct reached *u)
{
	if (u->level == ELSEWHERE)
		return m->level != ELSEWHERE &&
		       m->level + 1u >= map->frames.nr;
	return m->level != ELSEWHERE || u->level + 1u >= unmap->frames.nr;
}

bool flow_sites_meet(struct flow *flow, const struct holding *map,
		     const struct holding *unmap, struct meeting *at)
{
	uint32_t i, j;

	for (i = 0; i < map->nr_nodes; i++)
		for (j = 0; j < unmap->nr_nodes; j++)
			if (map->nodes[i].node == unmap->nodes[j].node) {
				*at = (struct meeting){ map->nodes[i].level,
							unmap->nodes[j].level };
				return true;
			}
	for (i = 0; i < map->nr; i++) {
		const struct reached *m = &map->list[i];

		for (j = 0; j < unmap->nr; j++) {
			const struct reached *u = &unmap->list[j];

			if (m->instance == u->instance &&
			    m->place == u->place &&
			    is_on_one_way(map, m, unmap, u) &&
			    reaches(flow, m->instance, m->place, m->op, u->op)) {
				*at = (struct meeting){ m->level, u->level };
				return true;
			}
		}
	}
	return false;
}

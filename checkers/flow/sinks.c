// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings of user memory, reported at the driver's line: a mapping in an inline
 * helper of the kernel belongs to the helper's caller. Memory and attributes are
 * followed to the callers together, so that each caller is judged by itself.
 * From the states of solve.c, for rules.
 */
#include "flow/internal.h"

#include <assert.h>

#include "lib/alloc.h"

struct site {
	uint32_t instance, op, state;
	enum attr_state attrs;
	const char *handover;	/* why it may bounce, or NULL */
	uint32_t caller;	/* instance to be named, or NONE */
	struct entry_caller chain[MAX_CLIMB];	/* innermost first */
	size_t nr_chain;
};

struct collector {
	struct attr_query query;
	const struct reached_sink *sink;	/* that is looked at */
	struct frames path;		/* from the sink up */
	struct site *sites;
	size_t nr, alloc;
	/* flow_each_caller(): no sites, but the callers of one's function. */
	const struct location *map;
	void (*fn)(const struct flow_caller *caller, void *data);
	void *data;
};

/* What is known of the attributes on the way up. */
struct verdict {
	enum attr_state state;
	uint32_t param;		/* of the function reached; NONE if decided */
};

/*
 * The callers of `instance`: those that brought the memory of `state` if it
 * came in a parameter, else all of them, with state NONE. To be freed.
 */
static struct entry_caller *callers_of(const struct flow *flow,
				       uint32_t instance, uint32_t state,
				       uint32_t *nr)
{
	const struct instance *in = &flow->instances[instance];
	const struct state *s = state == NONE ? NULL : &flow->states[state];
	struct entry_caller *list;
	const struct edge *e;
	uint32_t i;

	if (s && s->key.instance == instance && entry_is_param(s->key.entry)) {
		const struct entry_caller *c = flow_entry_callers(flow,
			instance, s->key.entry, nr);

		list = xcalloc(*nr, sizeof(*list));
		if (*nr)
			memcpy(list, c, *nr * sizeof(*list));
		return list;
	}
	*nr = in->nr_callers;
	list = xcalloc(*nr, sizeof(*list));
	for_each_caller(e, i, flow, in)
		list[i] = (struct entry_caller){ NONE, e->caller, e->op };
	return list;
}

/*
 * How much a caller's attributes count: those with the bit for a query that
 * looks for the bit, else those without.
 */
static int weight(const struct attr_query *query, enum attr_state state)
{
	if (state == ATTR_UNKNOWN)
		return 1;
	return state == (query->seek ? ATTR_HAS : ATTR_LACKS) ? 2 : 0;
}

/* Ask the callers, and theirs, which attributes they pass. */
static enum attr_state ask_callers(struct attr_query *query,
				   struct site *site, uint32_t instance,
				   uint32_t param, uint32_t state)
{
	const enum attr_state least = query->seek ? ATTR_LACKS : ATTR_HAS;
	enum attr_state worst = least;
	struct entry_caller *list;
	const struct site base = *site;
	uint32_t nr, i;

	if (base.nr_chain >= MAX_CLIMB || !query->left) {
		flow_stopped(query->flow, BOUND_CALLERS, instance);
		return ATTR_UNKNOWN;
	}
	list = callers_of(query->flow, instance, state, &nr);
	if (!nr)
		worst = ATTR_UNKNOWN;
	for (i = 0; i < nr; i++) {
		struct site try = base;
		enum attr_state st;
		uint32_t up;

		try.chain[try.nr_chain++] = list[i];
		try.caller = list[i].instance;
		st = flow_attr(query, list[i].instance, list[i].op,
			       (int)param, &up);
		if (up != NONE)
			st = ask_callers(query, &try, list[i].instance, up,
					 list[i].state);
		if (weight(query, st) > weight(query, worst) || (!i && st == worst)) {
			*site = try;
			worst = st;
		}
	}
	free(list);
	if (worst == least)
		site->caller = NONE;
	return worst;
}

static bool is_worse(const struct attr_query *query, const struct site *a,
		     const struct site *b)
{
	if (!query->seek && !a->handover != !b->handover)
		return !a->handover;
	return weight(query, a->attrs) > weight(query, b->attrs);
}

static void add_site(struct collector *c, const struct site *site)
{
	size_t i;

	for (i = 0; i < c->nr; i++) {
		struct site *old = &c->sites[i];

		if (old->instance != site->instance || old->op != site->op)
			continue;
		if (is_worse(&c->query, site, old))
			*old = *site;
		return;
	}
	ALLOC_GROW(c->sites, c->nr + 1, c->alloc);
	c->sites[c->nr++] = *site;
}

/* The caller that brings user memory, where others bring other memory. */
static uint32_t who_brings(const struct flow *flow, uint32_t instance,
			   uint32_t state)
{
	const struct instance *in = &flow->instances[instance];
	const struct state *s = &flow->states[state];
	const struct entry_caller *c;
	uint32_t nr, i, calls = 0;

	if (s->key.instance != instance || !entry_is_param(s->key.entry))
		return NONE;
	c = flow_entry_callers(flow, instance, s->key.entry, &nr);
	for (i = 0; i < nr; i++)
		if (!i || c[i].instance != c[i - 1].instance ||
		    c[i].op != c[i - 1].op)
			calls++;
	return nr && calls < in->nr_callers ? c[0].instance : NONE;
}

/* One caller further up; the caller of this takes it back. */
static void push_caller(struct collector *c, const struct entry_caller *caller)
{
	assert(c->path.nr < MAX_FRAMES);
	c->path.at[c->path.nr++] = (struct frame){ caller->instance,
						   caller->op };
}

/*
 * Why the mapping may bounce for all callers of `instance` that bring the
 * memory. NULL if it may not for one of them: that one is *guilty if it may for
 * others.
 */
static const char *handover(struct collector *c, uint32_t instance,
			    uint32_t state, const struct entry_caller **guilty)
{
	struct flow *flow = c->query.flow;
	const struct state *s = &flow->states[state];
	const struct entry_caller *list = NULL, *bad = NULL;
	const char *why = NULL;
	bool right = false;
	uint32_t nr = 0, i;

	if (s->key.instance == instance && entry_is_param(s->key.entry))
		list = flow_entry_callers(flow, instance, s->key.entry, &nr);
	if (!nr)
		return flow_handover(flow, &c->path, state);
	for (i = 0; i < nr; i++) {
		push_caller(c, &list[i]);
		why = flow_handover(flow, &c->path, list[i].state == NONE ?
				    state : list[i].state);
		c->path.nr--;
		right |= why != NULL;
		if (!why && !bad)
			bad = &list[i];
	}
	if (bad && right)
		*guilty = bad;
	return bad ? NULL : why;
}

/* Fill in what the call `from` brings to the mapping that is looked at. */
static void judge_caller(struct collector *c, uint32_t state,
			 const struct entry_caller *from,
			 struct flow_caller *caller)
{
	struct flow *flow = c->query.flow;
	uint32_t its = from->state == NONE ? state : from->state;

	push_caller(c, from);
	caller->brings |= !flow_handover(flow, &c->path, its);
	c->path.nr--;
	caller->shared |= who_brings(flow, from->instance, its) != NONE;
}

/* The callers of a mapping's function, and what each brings to it. */
static void report_callers(struct collector *c, uint32_t instance, uint32_t op,
			 uint32_t state, struct verdict verdict)
{
	const struct edge *e;
	struct flow *flow = c->query.flow;
	const struct instance *in = &flow->instances[instance];
	const struct state *s = &flow->states[state];
	const struct entry_caller *list = NULL;
	struct location loc;
	uint32_t nr = 0, i, j;

	flow_locate(flow, instance, op, &loc);
	if (loc.line != c->map->line || loc.column != c->map->column ||
	    strcmp(loc.file, c->map->file))
		return;
	if (s->key.instance == instance && entry_is_param(s->key.entry))
		list = flow_entry_callers(flow, instance, s->key.entry, &nr);
	for_each_caller(e, i, flow, in) {
		struct flow_caller caller = { .param = -1,
			.attrs = verdict.state };
		uint32_t up = NONE;

		flow_locate(flow, e->caller, e->op, &caller.loc);
		if (verdict.param != NONE) {
			caller.param = (int)verdict.param;
			caller.attrs = flow_attr(&c->query, e->caller, e->op,
						 caller.param, &up);
		}
		caller.attrs_above = up != NONE;
		for (j = 0; j < nr; j++)
			if (list[j].instance == e->caller &&
			    list[j].op == e->op)
				judge_caller(c, state, &list[j], &caller);
		c->fn(&caller, c->data);
	}
}

static void climb_to_driver(struct collector *c, uint32_t instance, uint32_t op,
		  uint32_t state, struct verdict verdict, unsigned int depth)
{
	struct flow *flow = c->query.flow;
	const struct instance *in = &flow->instances[instance];
	struct site site = {
		.instance = instance, .op = op, .state = state,
		.attrs = verdict.state, .caller = NONE,
		.handover = NULL,
	};
	const struct entry_caller *guilty = NULL;
	struct entry_caller *list;
	uint32_t nr, i;

	if (c->map && !view_is_helper(&in->v)) {
		report_callers(c, instance, op, state, verdict);
		return;
	}
	if (!view_is_helper(&in->v)) {
		if (verdict.param != NONE)
			site.attrs = ask_callers(&c->query, &site, instance,
						 verdict.param, state);
		if (site.caller == NONE)
			site.caller = who_brings(flow, instance, state);
		site.handover = handover(c, instance, state, &guilty);
		if (guilty && !site.nr_chain) {
			site.chain[site.nr_chain++] = *guilty;
			site.caller = guilty->instance;
		}
		add_site(c, &site);
		return;
	}
	if (depth >= MAX_CLIMB) {
		flow_stopped(flow, BOUND_CALLERS, instance);
		return;
	}
	list = callers_of(flow, instance, state, &nr);
	for (i = 0; i < nr; i++) {
		struct verdict up = verdict;

		if (verdict.param != NONE)
			up.state = flow_attr(&c->query, list[i].instance,
					     list[i].op, (int)verdict.param,
					     &up.param);
		push_caller(c, &list[i]);
		climb_to_driver(c, list[i].instance, list[i].op,
		      list[i].state == NONE ? state : list[i].state, up,
		      depth + 1);
		c->path.nr--;
	}
	free(list);
}

static void visit_sink(struct collector *c, const struct reached_sink *sink)
{
	struct flow *flow = c->query.flow;
	const struct instance *in = &flow->instances[sink->instance];
	const struct api_function *api = flow_called_api(flow, in,
		view_op(&in->v, sink->op));
	struct verdict verdict;

	if (!api || (!flow->of_kernel &&
		     flow_is_kernels(flow, sink->instance, sink->op,
				     api->memory.arg)))
		return;
	c->query.left = MAX_ATTR_VALUES;
	verdict.state = flow_attr(&c->query, sink->instance, sink->op,
				  api->attrs, &verdict.param);
	c->sink = sink;
	c->path = (struct frames)FRAMES_INIT(sink->instance, sink->op);
	climb_to_driver(c, sink->instance, sink->op, sink->state, verdict, 0);
}

/* The headers of the file that maps and of the file that pins. */
static const char **list_headers(const struct flow *flow,
				 const struct unit *maps,
				 const struct unit *pins, size_t *nr)
{
	size_t more = pins && pins != maps ? pins->nr_headers : 0, i;
	const char **list = xcalloc(maps->nr_headers + more, sizeof(*list));

	*nr = 0;
	for (i = 0; i < maps->nr_headers; i++)
		list[(*nr)++] = intern_str(&flow->program->names,
					   maps->headers[i]);
	for (i = 0; i < more; i++)
		list[(*nr)++] = intern_str(&flow->program->names,
					   pins->headers[i]);
	return list;
}

static void report_site(struct flow *flow, const struct site *site,
		 void (*fn)(const struct flow_sink *sink, void *data),
		 void *data)
{
	const struct instance *in = &flow->instances[site->instance];
	const struct op *op = view_op(&in->v, site->op);
	const struct frames path = FRAMES_INIT(site->instance, site->op);
	const char **headers;
	struct flow_sink sink = { 0 };
	struct trace trace;

	flow_trace(flow, site->state, site->instance, site->chain, site->nr_chain, &trace);
	headers = list_headers(flow, in->v.unit, trace.source_unit,
			       &sink.nr_headers);
	flow_locate(flow, site->instance, site->op, &sink.loc);
	sink.module = intern_str(flow->names, in->module);
	sink.api = view_str(&in->v, op->spelling);
	sink.attrs = site->attrs;
	sink.handover = site->handover;
	sink.is_synced = flow_handover_is_sync(site->handover);
	sink.is_open = !site->handover &&
		flow_may_be_one_transfer(flow, &path, site->state);
	sink.source = trace.source;
	sink.caller = site->caller == NONE ? NULL :
		intern_str(flow->names,
			   flow->instances[site->caller].name);
	sink.steps = trace.steps;
	sink.nr_steps = trace.nr;
	sink.headers = headers;
	fn(&sink, data);
	flow_trace_release(&trace);
	free(headers);
}

static void each_sink(struct collector *c,
		      void (*fn)(const struct flow_sink *sink, void *data),
		      void *data)
{
	struct flow *flow = c->query.flow;
	uint32_t i;
	size_t s;

	for (i = 0; i < flow->nr_sinks; i++)
		visit_sink(c, &flow->sinks[i]);
	for (s = 0; s < c->nr; s++)
		if (!c->query.seek || c->sites[s].attrs == ATTR_HAS)
			report_site(flow, &c->sites[s], fn, data);
	free(c->sites);
}

void flow_each_sink(struct flow *flow, uint64_t bit,
		    void (*fn)(const struct flow_sink *sink, void *data),
		    void *data)
{
	struct collector c = { .query = { .flow = flow, .bit = bit } };

	each_sink(&c, fn, data);
}

void flow_each_sink_with(struct flow *flow, uint64_t bit,
			 void (*fn)(const struct flow_sink *sink, void *data),
			 void *data)
{
	struct collector c = {
		.query = { .flow = flow, .bit = bit, .seek = true },
	};

	if (bit)
		each_sink(&c, fn, data);
}

void flow_each_caller(struct flow *flow, uint64_t bit,
		      const struct location *map,
		      void (*fn)(const struct flow_caller *caller, void *data),
		      void *data)
{
	struct collector c = {
		.query = { .flow = flow, .bit = bit },
		.map = map, .fn = fn, .data = data,
	};
	uint32_t i;

	for (i = 0; i < flow->nr_sinks; i++)
		visit_sink(&c, &flow->sinks[i]);
}

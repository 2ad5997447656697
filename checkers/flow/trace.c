// SPDX-License-Identifier: GPL-2.0-only
/*
 * The path from a source to a state as text, hop by hop: which call brings the
 * memory, which field keeps it, which function passes it on. Moves between
 * locals of one function are left out. From the causes of states, for sinks.c.
 */
#include "flow/internal.h"

#include "lib/alloc.h"

#define MAX_HOPS 400

struct hop_record {
	uint32_t state;
	struct cause cause;	/* where and how it came to be */
};

struct walk {
	const struct flow *flow;
	struct hop_record hops[MAX_HOPS];
	size_t nr;
	uint32_t pending[MAX_HOPS];	/* calls to return to */
	size_t nr_pending;
	const struct entry_caller *callers;
	size_t nr_callers;
	bool used[MAX_CLIMB];
};

/* The recorded caller that the attributes come from, too. */
static const struct entry_caller *chosen_caller(struct walk *w,
						const struct state *s)
{
	const struct entry_caller *c;
	uint32_t nr, i;
	size_t k;

	c = flow_entry_callers(w->flow, s->key.instance, s->key.entry, &nr);
	for (k = 0; k < w->nr_callers; k++)
		for (i = 0; !w->used[k] && i < nr; i++)
			if (c[i].instance == w->callers[k].instance &&
			    c[i].op == w->callers[k].op) {
				w->used[k] = true;
				return &c[i];
			}
	return NULL;
}

/* The recorded caller whose call brought the memory back to it. */
static const struct entry_caller *pending_caller(struct walk *w,
						 const struct state *s)
{
	uint32_t request = w->pending[--w->nr_pending], nr, i;
	const struct entry_caller *c;

	c = flow_entry_callers(w->flow, s->key.instance, s->key.entry, &nr);
	for (i = 0; request != NONE && i < nr; i++)
		if (c[i].state == request)
			return &c[i];
	return NULL;
}

/* The caller's state that a tainted parameter stands for. */
static uint32_t caller_state(struct walk *w, struct hop_record *hop,
			     const struct state *s)
{
	const struct entry_caller *c = w->nr_pending ?
		pending_caller(w, s) : chosen_caller(w, s);

	if (!c)
		return s->parent;
	hop->cause.instance = c->instance;
	hop->cause.op = c->op;
	return c->state;
}

/*
 * How a state came to be: of several causes the one in the function, or else
 * the file, that the trace has just left.
 */
static struct cause choose_cause(const struct flow *flow,
				 const struct state *s, uint32_t near)
{
	struct cause best = { s->parent, s->call_state, s->via_instance,
			      s->via_op, s->hop };
	const struct instance *in;
	uint32_t i;

	if (near == NONE || best.instance == near)
		return best;
	in = &flow->instances[near];
	for (i = s->others; i != NONE; i = flow->causes[i].next) {
		const struct cause *c = &flow->causes[i].cause;

		if (c->instance == near)
			return *c;
		if (flow->instances[c->instance].v.unit == in->v.unit &&
		    flow->instances[best.instance].v.unit != in->v.unit)
			best = *c;
	}
	return best;
}

static void walk_back(struct walk *w, uint32_t state, uint32_t near)
{
	const struct flow *flow = w->flow;

	while (state != NONE && w->nr < MAX_HOPS) {
		const struct state *s = &flow->states[state];
		struct hop_record *hop = &w->hops[w->nr++];

		hop->state = state;
		hop->cause = choose_cause(flow, s, near);
		state = hop->cause.parent;
		if ((hop->cause.hop == HOP_RETURN ||
		     hop->cause.hop == HOP_OUT) &&
		    entry_is_param(flow->states[state].key.entry))
			w->pending[w->nr_pending++] = hop->cause.call_state;
		else if (hop->cause.hop == HOP_PASS)
			state = caller_state(w, hop, s);
		near = hop->cause.instance;
	}
}

/* The name of what a state taints; the caller frees it. */
static char *place_name(const struct flow *flow, const struct state *s)
{
	const struct instance *in;
	const struct place *p;

	if (s->key.instance == NONE) {
		const struct heap_node *h = &flow->heap[s->key.place];

		if (h->kind == PLACE_FIELD)
			return xstrfmt("struct %s.%s",
				       intern_str(flow->names, h->record),
				       intern_str(flow->names, h->name));
		return xstrfmt("'%s'", intern_str(flow->names, h->name));
	}
	in = &flow->instances[s->key.instance];
	p = view_place(&in->v, s->key.place);
	if (p->kind == PLACE_LOCAL || p->kind == PLACE_PARAM)
		return xstrfmt("'%s'", view_str(&in->v, p->name));
	return NULL;
}

static bool is_heap(const struct state *s)
{
	return s->key.instance == NONE;
}

/* As the source spells it; the kernel's function where a pointer is called. */
static const char *called(const struct flow *flow, const struct hop_record *h)
{
	const struct instance *in = &flow->instances[h->cause.instance];
	const struct op *op = view_op(&in->v, h->cause.op);
	uint32_t i;

	for (i = 0; i < op->value.nr; i++) {
		const struct term *t = view_term(&in->v, op->value, i);
		uint32_t node = t->kind == TERM_PLACE ? in->heap[t->place] :
							NONE;

		if (node != NONE && flow->heap[node].api)
			return flow->heap[node].api->name;
	}
	return view_str(&in->v, op->spelling);
}

static const char *function_of(const struct flow *flow,
			       const struct state *s)
{
	return intern_str(flow->names,
			  flow->instances[s->key.instance].name);
}

static char *describe_assign(const struct state *s, const struct state *from,
			     const char *to_name, const char *from_name)
{
	if (is_heap(s))
		return xstrfmt("kept in %s", to_name);
	if (from && is_heap(from))
		return xstrfmt("read from %s", from_name);
	return NULL;
}

/* " of module x" where the hop goes to or comes from another one. */
static char *other_module(const struct flow *flow, const struct hop_record *h,
			  const struct state *s, const struct state *from)
{
	uint32_t here = flow->instances[h->cause.instance].module;
	uint32_t there = here;

	if (h->cause.hop == HOP_PASS)
		there = flow->instances[s->key.instance].module;
	else if (h->cause.hop == HOP_RETURN || h->cause.hop == HOP_OUT)
		there = flow->instances[from->key.instance].module;
	if (there == here)
		return xstrdup("");
	return xstrfmt(" of module %s", intern_str(flow->names, there));
}

/* A struct of one module is returned or passed to another. */
static char *describe_link(const struct flow *flow, const struct hop_record *h,
			   const struct state *s, const struct state *from,
			   const char *name)
{
	uint32_t here = flow->instances[h->cause.instance].module;
	uint32_t to = flow->heap[s->key.place].module;
	uint32_t other = to == here ? flow->heap[from->key.place].module : to;

	return xstrfmt(to == here ? "%s() of module %s hands out %s" :
				    "%s() of module %s gets %s",
		       called(flow, h), intern_str(flow->names, other), name);
}

/* The text of this hop, or NULL if it says nothing; to be freed. */
static char *describe(const struct flow *flow, const struct hop_record *h)
{
	const struct state *s = &flow->states[h->state];
	const struct state *from = h->cause.parent == NONE ? NULL :
					&flow->states[h->cause.parent];
	char *to_name = place_name(flow, s), *text = NULL;
	char *from_name = from ? place_name(flow, from) : NULL;
	char *other = other_module(flow, h, s, from);

	switch (h->cause.hop) {
	case HOP_SOURCE:
		text = to_name ?
			xstrfmt("pages come from %s() into %s",
				called(flow, h), to_name) :
			xstrfmt("pages come from %s()", called(flow, h));
		break;
	case HOP_ASSIGN:
		text = describe_assign(s, from, to_name, from_name);
		break;
	case HOP_FILL:
		if (is_heap(s) || (from && is_heap(from)))
			text = xstrfmt("stored in %s",
				       to_name ? to_name : "memory");
		break;
	case HOP_ALIAS:
		if (is_heap(s))
			text = xstrfmt("%s holds the same memory", to_name);
		break;
	case HOP_TRANSFER:
		text = to_name ?
			xstrfmt("%s() puts %s into %s", called(flow, h),
				from_name ? from_name : "it", to_name) : NULL;
		break;
	case HOP_PASS:
		text = xstrfmt("passed to %s()%s as %s", function_of(flow, s),
			       other, to_name ? to_name : "argument");
		break;
	case HOP_RETURN:
		text = xstrfmt("returned by %s()%s", function_of(flow, from),
			       other);
		break;
	case HOP_OUT:
		text = to_name ?
			xstrfmt("%s()%s fills %s", function_of(flow, from),
				other, to_name) :
			xstrfmt("filled by %s()", function_of(flow, from));
		break;
	case HOP_LINK:
		text = describe_link(flow, h, s, from, to_name);
		break;
	case HOP_INTO_RETURN:
		text = xstrfmt("that memory comes from %s()",
			       function_of(flow, s));
		break;
	}
	free(other);
	free(to_name);
	free(from_name);
	return text;
}

/* The function that is called there, or was; NULL for an assignment. */
static const char *callee(const struct flow *flow, const struct hop_record *h)
{
	switch (h->cause.hop) {
	case HOP_SOURCE:
	case HOP_TRANSFER:
	case HOP_LINK:
		return called(flow, h);
	case HOP_PASS:
		return function_of(flow, &flow->states[h->state]);
	case HOP_RETURN:
	case HOP_OUT:
		return function_of(flow, &flow->states[h->cause.parent]);
	default:
		return NULL;
	}
}

/* The same as describe() for programs. */
static struct move move_of(const struct flow *flow, const struct hop_record *h)
{
	static const enum move_kind kinds[] = {
		[HOP_SOURCE] = MOVE_SOURCE,
		[HOP_ASSIGN] = MOVE_STORE,
		[HOP_FILL] = MOVE_STORE,
		[HOP_ALIAS] = MOVE_STORE,
		[HOP_TRANSFER] = MOVE_TRANSFER,
		[HOP_PASS] = MOVE_CALL,
		[HOP_RETURN] = MOVE_RETURN,
		[HOP_OUT] = MOVE_RETURN,
		[HOP_INTO_RETURN] = MOVE_UNKNOWN,
		[HOP_LINK] = MOVE_LOAD,
	};
	const struct state *s = &flow->states[h->state];
	const struct instance *in = &flow->instances[h->cause.instance];
	const char *called_there = callee(flow, h);
	struct move move = {
		.kind = kinds[h->cause.hop],
		.module = xstrdup(intern_str(flow->names, in->module)),
		.callee = called_there ? xstrdup(called_there) : NULL,
		.to = place_name(flow, s),
	};

	if (h->cause.parent != NONE)
		move.from = place_name(flow, &flow->states[h->cause.parent]);
	if (h->cause.hop == HOP_ASSIGN && !is_heap(s))
		move.kind = MOVE_LOAD;
	if (h->cause.hop == HOP_LINK &&
	    flow->heap[s->key.place].module != in->module)
		move.kind = MOVE_STORE;
	return move;
}

static void add_state_step(const struct flow *flow, struct trace *trace,
			   const struct hop_record *h, char *text)
{
	const struct instance *in = &flow->instances[h->cause.instance];
	const struct op *op = view_op(&in->v, h->cause.op);
	struct trace_step *step;

	ALLOC_GROW(trace->steps, trace->nr + 1, trace->alloc);
	step = &trace->steps[trace->nr++];
	memset(step, 0, sizeof(*step));
	step->loc.file = xstrdup(view_str(&in->v, op->file));
	step->loc.line = op->line;
	step->loc.column = op->column;
	step->loc.function = in->v.fn->flags & FUNCTION_FILE ? NULL :
		xstrdup(intern_str(flow->names, in->name));
	step->move = move_of(flow, h);
	step->message = text;
}

void flow_trace(struct flow *flow, uint32_t state, uint32_t sink,
		const struct entry_caller *callers, size_t nr_callers,
		struct trace *trace)
{
	struct walk *w = xcalloc(1, sizeof(*w));
	size_t i;

	w->flow = flow;
	w->callers = callers;
	w->nr_callers = nr_callers;
	walk_back(w, state, sink);
	if (w->nr == MAX_HOPS)
		flow_stopped(flow, BOUND_TRACE, sink);
	memset(trace, 0, sizeof(*trace));
	trace->source = "";
	for (i = w->nr; i-- > 0;) {
		const struct hop_record *h = &w->hops[i];
		char *text = describe(flow, h);

		if (h->cause.hop == HOP_SOURCE) {
			trace->source = called(flow, h);
			trace->source_unit =
				flow->instances[h->cause.instance].v.unit;
		}
		if (text)
			add_state_step(flow, trace, h, text);
	}
	free(w);
}

void flow_trace_release(struct trace *trace)
{
	size_t i;

	for (i = 0; i < trace->nr; i++)
		trace_step_release(&trace->steps[i]);
	free(trace->steps);
	memset(trace, 0, sizeof(*trace));
}

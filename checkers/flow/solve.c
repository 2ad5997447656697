// SPDX-License-Identifier: GPL-2.0-only
/*
 * The states that user memory reaches, from its sources on (flow.h has an
 * example). Each is visited once, in order of distance from a source, so that
 * traces are short. A function's summary holds its callers and the states
 * that leave it, for each entry.
 */
#include "flow/internal.h"

#include <uthash.h>

#include "lib/alloc.h"

struct state_entry {
	UT_hash_handle hh;
	struct state_key key;
	uint32_t state;
};

struct summary_key {
	uint32_t instance, entry;
};
struct summary {
	UT_hash_handle hh;
	struct summary_key key;
	struct entry_caller *callers;
	uint32_t nr_callers, alloc_callers;
	uint32_t *outs;		/* states that leave the function */
	uint32_t nr_outs, alloc_outs;
};

static struct summary *summary(const struct flow *flow, uint32_t instance,
			       uint32_t entry)
{
	struct summary_key key = { instance, entry };
	struct summary *s;

	HASH_FIND(hh, flow->summaries, &key, sizeof(key), s);
	return s;
}

static struct summary *make_summary(struct flow *flow, uint32_t instance,
				    uint32_t entry)
{
	struct summary *s = summary(flow, instance, entry);

	if (s)
		return s;
	s = xcalloc(1, sizeof(*s));
	s->key.instance = instance;
	s->key.entry = entry;
	HASH_ADD(hh, flow->summaries, key, sizeof(s->key), s);
	return s;
}

const struct entry_caller *flow_entry_callers(const struct flow *flow,
					      uint32_t instance,
					      uint32_t entry, uint32_t *nr)
{
	const struct summary *s = summary(flow, instance, entry);

	*nr = s ? s->nr_callers : 0;
	return s ? s->callers : NULL;
}

static bool have(const struct flow *flow, const struct state_key *key,
		 uint32_t *nr)
{
	struct state_entry *k;

	HASH_FIND(hh, flow->state_by_key, key, sizeof(*key), k);
	if (k)
		*nr = k->state;
	return k != NULL;
}

/*
 * A field may be filled by many functions. All causes are kept, so that a
 * trace can take the one that is nearest to its end.
 */
static void add_cause(struct flow *flow, uint32_t nr,
		      const struct cause *cause)
{
	struct state *s = &flow->states[nr];
	struct other_cause *other;

	if (s->key.instance != NONE ||
	    (cause->parent != NONE && cause->parent >= nr))
		return;
	ALLOC_GROW(flow->causes, flow->nr_causes + 1, flow->alloc_causes);
	other = &flow->causes[flow->nr_causes];
	other->cause = *cause;
	other->next = s->others;
	s->others = flow->nr_causes++;
}

/* The state's number; *fresh if it is a new one. */
static uint32_t add_state(struct flow *flow, const struct state_key *key,
			  const struct cause *cause, bool *fresh)
{
	struct state_entry *k;
	struct state_key filled = *key;
	struct state *s;
	uint32_t nr;

	*fresh = false;
	if (have(flow, key, &nr)) {
		add_cause(flow, nr, cause);
		return nr;
	}
	/* POINTEE says all that VALUE says. */
	filled.taint = TAINT_POINTEE;
	if (key->taint == TAINT_VALUE && have(flow, &filled, &nr)) {
		add_cause(flow, nr, cause);
		return nr;
	}
	*fresh = true;
	ALLOC_GROW(flow->states, flow->nr_states + 1, flow->alloc_states);
	s = &flow->states[flow->nr_states];
	s->key = *key;
	s->parent = cause->parent;
	s->call_state = cause->call_state;
	s->via_instance = cause->instance;
	s->via_op = cause->op;
	s->hop = cause->hop;
	s->others = NONE;
	k = xcalloc(1, sizeof(*k));
	k->key = *key;
	k->state = flow->nr_states++;
	HASH_ADD(hh, flow->state_by_key, key, sizeof(k->key), k);
	return k->state;
}

/* Taint `place` of `instance`; a state of the heap has no entry. */
static void taint(struct flow *flow, uint32_t instance, uint32_t place,
		  enum taint how, uint32_t entry, const struct cause *cause)
{
	const struct instance *in = &flow->instances[instance];
	struct state_key key = { instance, place, how, entry };
	const struct place *p = view_place(&in->v, place);
	bool fresh;

	if (!carry_memory(p->carry))
		return;
	if (in->heap[place] != NONE) {
		key.instance = NONE;
		key.place = in->heap[place];
		key.entry = ENTRY_NONE(entry_is_brief(entry));
		if (how == TAINT_CALLER_POINTEE)
			key.taint = TAINT_POINTEE;
	}
	add_state(flow, &key, cause, &fresh);
}

static void taint_value(struct flow *flow, uint32_t instance,
			struct value value, enum taint how, uint32_t entry,
			const struct cause *cause)
{
	const struct instance *in = &flow->instances[instance];
	uint32_t place, i;

	for_each_place(place, i, &in->v, value) {
		const struct place *p = view_place(&in->v, place);

		/*
		 * Filled memory is behind a pointer or in a container, never
		 * in a number; and a global points to too many objects to
		 * be followed backwards.
		 */
		if (how != TAINT_VALUE &&
		    (p->kind == PLACE_GLOBAL || p->kind == PLACE_FUNCTION ||
		     (!p->is_pointer && p->carry == CARRY_WORD &&
		      cause->hop != HOP_SOURCE)))
			continue;
		taint(flow, instance, place, how, entry, cause);
	}
}

/* --- one place, one use at a time --- */

struct at {
	struct flow *flow;
	uint32_t state;		/* what is being followed */
	uint32_t instance, place;
	uint32_t taint, entry;	/* the state's */
};

static struct cause cause_at(const struct at *at, uint32_t op, enum hop hop)
{
	return (struct cause){ at->state, NONE, at->instance, op, hop };
}

static void follow_assign(const struct at *at, uint32_t nr,
			  const struct op *op)
{
	const struct instance *in = &at->flow->instances[at->instance];
	bool element = op->flags & ASSIGN_ELEMENT;
	struct cause cause = cause_at(at, nr, element ? HOP_FILL :
						       HOP_ASSIGN);
	const struct place *dst;

	if (op->dst == NO_PLACE || op->dst == at->place)
		return;
	if (at->taint == TAINT_CALLER_POINTEE && in->heap[op->dst] == NONE)
		return;
	dst = view_place(&in->v, op->dst);
	taint(at->flow, at->instance, op->dst,
	      element && (dst->is_pointer || dst->carry == CARRY_CONTAINER) ?
	      TAINT_POINTEE : TAINT_VALUE, at->entry, &cause);
}

/* dst = x: memory that was filled behind dst was filled behind x. */
static void follow_alias(const struct at *at, uint32_t nr,
			 const struct op *op)
{
	const struct instance *in = &at->flow->instances[at->instance];
	struct cause cause = cause_at(at, nr, HOP_ALIAS);

	if (at->taint == TAINT_VALUE || (op->flags & ASSIGN_ELEMENT) ||
	    !view_place(&in->v, at->place)->is_pointer)
		return;
	taint_value(at->flow, at->instance, op->value, at->taint, at->entry,
		    &cause);
}

static void taint_slot(const struct at *at, const struct op *op,
		       const struct api_slot *slot, enum taint how,
		       const struct cause *cause)
{
	struct flow *flow = at->flow;
	const struct instance *in = &flow->instances[at->instance];
	struct state_key key = { NONE, NONE, how,
				 ENTRY_NONE(entry_is_brief(at->entry)) };
	bool fresh;

	if (slot->field) {
		key.place = flow_heap_field(flow, in->module, slot->record,
					    slot->field);
		if (key.place != NONE)
			add_state(flow, &key, cause, &fresh);
	} else if (slot->arg == API_RETURN) {
		if (op->dst != NO_PLACE)
			taint(flow, at->instance, op->dst, how, at->entry,
			      cause);
	} else if (slot->arg >= 0) {
		taint_value(flow, at->instance,
			    view_arg(&in->v, op, (uint32_t)slot->arg), how,
			    at->entry, cause);
	}
}

static void add_sink(const struct at *at, uint32_t nr)
{
	struct flow *flow = at->flow;

	ALLOC_GROW(flow->sinks, flow->nr_sinks + 1, flow->alloc_sinks);
	flow->sinks[flow->nr_sinks++] =
		(struct reached_sink){ at->instance, nr, at->state };
}

static void follow_api(const struct at *at, uint32_t nr, const struct op *op,
		       const struct api_function *api, uint32_t arg)
{
	const struct place *p = view_place(
		&at->flow->instances[at->instance].v, at->place);
	struct cause cause = cause_at(at, nr, HOP_TRANSFER);
	size_t i;

	if ((api->roles & API_SINK) && api->memory.arg == (int)arg)
		add_sink(at, nr);
	for (i = 0; i < api->nr_transfers; i++) {
		const struct api_transfer *t = &api->transfers[i];

		if (t->content && p->carry == CARRY_POINTER)
			continue;
		if (t->from.arg == (int)arg && !t->from.field)
			taint_slot(at, op, &t->to, t->to.arg == API_RETURN ?
				   TAINT_VALUE : TAINT_POINTEE, &cause);
	}
}

static void return_to(struct flow *flow, uint32_t out,
		      const struct entry_caller *caller, uint32_t entry);

static void add_caller(struct summary *s, const struct entry_caller *caller)
{
	ALLOC_GROW(s->callers, s->nr_callers + 1, s->alloc_callers);
	s->callers[s->nr_callers++] = *caller;
}

static void pass(const struct at *at, uint32_t nr, uint32_t callee,
		 uint32_t arg)
{
	struct flow *flow = at->flow;
	const struct instance *to = &flow->instances[callee];
	uint32_t param = flow_param(to, arg);
	uint32_t entry = ENTRY(arg, entry_is_brief(at->entry));
	struct cause cause = cause_at(at, nr, HOP_PASS);
	struct entry_caller caller = { at->state, at->instance, nr };
	struct state_key key = { callee, param, TAINT_VALUE, entry };
	struct summary *s;
	uint32_t i;
	bool fresh;

	if (param == NO_PLACE ||
	    !carry_memory(view_place(&to->v, param)->carry))
		return;
	s = make_summary(flow, callee, entry);
	for (i = 0; i < s->nr_callers; i++)
		if (s->callers[i].instance == caller.instance &&
		    s->callers[i].op == caller.op &&
		    s->callers[i].state == caller.state)
			return;
	add_caller(s, &caller);
	add_state(flow, &key, &cause, &fresh);
	for (i = 0; i < s->nr_outs; i++)
		return_to(flow, s->outs[i], &caller, at->entry);
}

static void follow_call(const struct at *at, uint32_t nr, const struct op *op,
			uint32_t arg)
{
	const struct edge *e;
	struct flow *flow = at->flow;
	const struct instance *in = &flow->instances[at->instance];
	const struct api_function *api = flow_called_api(flow, in, op);

	if (api) {
		follow_api(at, nr, op, api, arg);
		return;
	}
	for_each_target(e, flow, in, nr)
		pass(at, nr, e->callee, arg);
}

/*
 * p = f(): memory that was filled behind p was filled behind the pointer that
 * f() returns, if f() is of the module: a function of another module returns
 * different memory to each caller.
 */
static void follow_into_return(const struct at *at, uint32_t nr)
{
	struct flow *flow = at->flow;
	const struct instance *in = &flow->instances[at->instance];
	struct cause cause = cause_at(at, nr, HOP_INTO_RETURN);
	const struct edge *e;

	if (at->taint == TAINT_VALUE)
		return;
	for_each_target(e, flow, in, nr) {
		uint32_t ret;

		if (flow->instances[e->callee].module != in->module)
			continue;
		ret = flow_return(&flow->instances[e->callee]);
		if (ret != NO_PLACE)
			taint(flow, e->callee, ret, TAINT_CALLER_POINTEE,
			      ENTRY_NONE(entry_is_brief(at->entry)), &cause);
	}
}

/* --- out of a function --- */

/* The state `out` of a callee, seen by one of its callers. */
static void return_to(struct flow *flow, uint32_t out,
		      const struct entry_caller *caller, uint32_t entry)
{
	const struct state *s = &flow->states[out];
	const struct instance *callee = &flow->instances[s->key.instance];
	const struct instance *in = &flow->instances[caller->instance];
	const struct op *op = view_op(&in->v, caller->op);
	const struct place *p = view_place(&callee->v, s->key.place);
	struct cause cause = { out, caller->state, caller->instance,
			       caller->op, HOP_RETURN };

	if (p->kind == PLACE_RETURN) {
		if (op->dst != NO_PLACE)
			taint(flow, caller->instance, op->dst, TAINT_VALUE,
			      entry, &cause);
		return;
	}
	cause.hop = HOP_OUT;
	taint_value(flow, caller->instance, view_arg(&in->v, op, p->number),
		    TAINT_POINTEE, entry, &cause);
}

static void leave(const struct at *at)
{
	const struct edge *e;
	struct flow *flow = at->flow;
	const struct instance *in = &flow->instances[at->instance];
	struct summary *s;
	uint32_t i;

	if (entry_is_param(at->entry)) {
		s = make_summary(flow, at->instance, at->entry);
		ALLOC_GROW(s->outs, s->nr_outs + 1, s->alloc_outs);
		s->outs[s->nr_outs++] = at->state;
		for (i = 0; i < s->nr_callers; i++) {
			struct entry_caller caller = s->callers[i];

			return_to(flow, at->state, &caller, caller.state == NONE ?
				  ENTRY_NONE(entry_is_brief(at->entry)) :
				  flow->states[caller.state].key.entry);
		}
		return;
	}
	for_each_caller(e, i, flow, in) {
		struct entry_caller caller = { NONE, e->caller, e->op };

		return_to(flow, at->state, &caller, at->entry);
	}
}

static void follow_return(const struct at *at, uint32_t nr)
{
	const struct instance *in = &at->flow->instances[at->instance];
	struct cause cause = cause_at(at, nr, HOP_ASSIGN);
	uint32_t ret = flow_return(in);

	if (ret != NO_PLACE)
		taint(at->flow, at->instance, ret, TAINT_VALUE, at->entry,
		      &cause);
}

/* The function returns filled memory: so is the place that it comes from. */
static void follow_returned_alias(const struct at *at)
{
	const struct instance *in = &at->flow->instances[at->instance];
	uint32_t i;

	for (i = 0; i < in->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&in->v, i);
		struct cause cause = cause_at(at, i, HOP_ALIAS);

		if (op->kind == OP_RETURN)
			taint_value(at->flow, at->instance, op->value,
				    at->taint, at->entry, &cause);
	}
}

static void follow_use(const struct at *at, const struct use *use)
{
	const struct instance *in = &at->flow->instances[at->instance];
	const struct op *op = view_op(&in->v, use->op);

	switch (use->how) {
	case USE_SOURCE:
		follow_assign(at, use->op, op);
		break;
	case USE_DST:
		follow_alias(at, use->op, op);
		break;
	case USE_ARG:
		if (at->taint != TAINT_CALLER_POINTEE)
			follow_call(at, use->op, op, use->arg);
		break;
	case USE_RESULT:
		follow_into_return(at, use->op);
		break;
	case USE_RETURNED:
		if (at->taint != TAINT_CALLER_POINTEE)
			follow_return(at, use->op);
		break;
	}
}

static void follow_place(const struct at *at)
{
	const struct uses *uses = flow_uses(at->flow, at->instance);
	const struct place *p = view_place(
		&at->flow->instances[at->instance].v, at->place);
	const struct use *u;

	for_each_use(u, uses, at->place)
		follow_use(at, u);
	if (p->kind == PLACE_RETURN) {
		if (at->taint != TAINT_VALUE)
			follow_returned_alias(at);
		if (at->taint != TAINT_CALLER_POINTEE)
			leave(at);
	} else if (p->kind == PLACE_PARAM && at->taint == TAINT_POINTEE &&
		   (p->is_pointer || p->carry == CARRY_CONTAINER)) {
		leave(at);
	}
}

/* Another module that gets this struct reads the same field of it. */
static void follow_links(struct flow *flow, uint32_t state)
{
	const struct state *s = &flow->states[state];
	const struct heap_node *node = &flow->heap[s->key.place];
	struct state_key key = s->key;
	const struct taker *takers;
	uint32_t nr, i;
	bool fresh;

	if (node->kind != PLACE_FIELD || s->hop == HOP_LINK)
		return;
	takers = flow_takers(flow, node->module, node->record, &nr);
	for (i = 0; i < nr; i++) {
		struct cause cause = { state, NONE, takers[i].instance,
				       takers[i].op, HOP_LINK };

		key.place = flow_heap_find(flow, takers[i].to, node->record,
					   node->name);
		if (key.place != NONE)
			add_state(flow, &key, &cause, &fresh);
	}
}

struct field_transfer {
	struct flow *flow;
	uint32_t state;
	const struct heap_node *node;
};

/* Each call of `api` in the module carries the field on to its slot. */
static void transfer_field(const struct field_transfer *f,
			   const struct api_function *api,
			   const struct api_slot *to)
{
	struct flow *flow = f->flow;
	size_t i;

	for (i = 0; i < flow->nr_api_calls; i++) {
		const struct api_call *call = &flow->api_calls[i];
		const struct instance *in = &flow->instances[call->instance];
		struct at at = { flow, f->state, call->instance, NO_PLACE,
				 TAINT_POINTEE,
				 flow->states[f->state].key.entry };
		struct cause cause = cause_at(&at, call->op, HOP_TRANSFER);

		if (call->api == api && in->module == f->node->module)
			taint_slot(&at, view_op(&in->v, call->op), to,
				   TAINT_POINTEE, &cause);
	}
}

static void follow_field_transfers(const struct api_function *api, void *data)
{
	const struct field_transfer *f = data;
	const struct intern_pool *names = f->flow->names;
	size_t i;

	for (i = 0; i < api->nr_transfers; i++) {
		const struct api_slot *from = &api->transfers[i].from;

		if (from->field &&
		    !strcmp(from->field, intern_str(names, f->node->name)) &&
		    !strcmp(from->record,
			    intern_str(names, f->node->record)))
			transfer_field(f, api, &api->transfers[i].to);
	}
}

static void follow(struct flow *flow, uint32_t state)
{
	struct state_key key = flow->states[state].key;
	struct at at = { flow, state, key.instance, key.place, key.taint,
			 key.entry };
	const struct heap_node *node;
	uint32_t i;

	if (key.instance != NONE) {
		follow_place(&at);
		return;
	}
	follow_links(flow, state);
	node = &flow->heap[key.place];
	if (node->kind == PLACE_FIELD) {
		struct field_transfer f = { flow, state, node };

		api_each(flow->api, API_TRANSFER, follow_field_transfers, &f);
	}
	for (i = 0; i < node->nr; i++) {
		at.instance = node->list[i].instance;
		at.place = node->list[i].place;
		follow_place(&at);
	}
}

/* Pages that are released after one request need no lasting coherence. */
static bool is_brief(struct flow *flow, const struct frames *path,
		     const struct api_function *api)
{
	uint64_t longterm = api_value(flow->api, "FOLL_LONGTERM");
	struct constants flags;
	uint32_t i;

	if (api->brief || api->flags < 0)
		return api->brief;
	flow_values(flow, path, api->flags, &flags);
	for (i = 0; i < flags.nr; i++)
		if (flags.values[i] & longterm)
			return false;
	return !flags.unknown;
}

/*
 * Whether it is a helper that pins for one transfer or for long, as its caller
 * asks for. Then each caller gets back the kind that it has asked for.
 */
static bool is_for_both(struct flow *flow, const struct api_call *call)
{
	const struct instance *in = &flow->instances[call->instance];
	bool seen[2] = { false, false };
	const struct edge *e;
	uint32_t i;

	if (call->api->flags < 0)
		return false;
	for_each_caller(e, i, flow, in) {
		const struct frames path = {
			.at = { { call->instance, call->op },
				{ e->caller, e->op } },
			.nr = 2,
		};
		struct entry_caller caller = { NONE, e->caller, e->op };
		bool brief = is_brief(flow, &path, call->api);

		seen[brief] = true;
		add_caller(make_summary(flow, call->instance,
					ENTRY_CALL(in->v.fn, brief)), &caller);
	}
	return seen[0] && seen[1];
}

/* Taint the slots that a call fills; what it returns is the memory itself. */
static void seed_slots(struct flow *flow, const struct api_call *call,
		       const struct api_slot *slots, size_t nr, uint32_t entry)
{
	const struct instance *in = &flow->instances[call->instance];
	struct at at = { flow, NONE, call->instance, NO_PLACE, TAINT_POINTEE,
			 entry };
	struct cause cause = { NONE, NONE, call->instance, call->op,
			       HOP_SOURCE };
	size_t i;

	for (i = 0; i < nr; i++)
		taint_slot(&at, view_op(&in->v, call->op), &slots[i],
			   slots[i].arg == API_RETURN && !slots[i].field ?
			   TAINT_VALUE : TAINT_POINTEE, &cause);
}

static void seed(struct flow *flow, const struct api_call *call)
{
	const struct function *fn = flow->instances[call->instance].v.fn;
	const struct frames path = FRAMES_INIT(call->instance, call->op);
	const struct api_function *api = call->api;

	if (!is_for_both(flow, call)) {
		seed_slots(flow, call, api->fills, api->nr_fills,
			   ENTRY_NONE(is_brief(flow, &path, api)));
		return;
	}
	seed_slots(flow, call, api->fills, api->nr_fills,
		   ENTRY_CALL(fn, false));
	seed_slots(flow, call, api->fills, api->nr_fills,
		   ENTRY_CALL(fn, true));
}

static void follow_all(struct flow *flow)
{
	uint32_t i;

	for (i = 0; i < flow->nr_states; i++)
		follow(flow, i);
}

void flow_solve(struct flow *flow)
{
	size_t i;

	for (i = 0; i < flow->nr_api_calls; i++)
		if (flow->api_calls[i].api->roles & API_SOURCE)
			seed(flow, &flow->api_calls[i]);
	follow_all(flow);
}

/* kmalloc() of an array of page pointers gives no pages. */
static bool is_for_container(struct flow *flow, const struct api_call *call)
{
	const struct instance *in = &flow->instances[call->instance];
	const struct uses *uses = flow_uses(flow, call->instance);
	uint32_t dst = view_op(&in->v, call->op)->dst;
	const struct use *u;

	if (dst == NO_PLACE ||
	    view_place(&in->v, dst)->carry == CARRY_CONTAINER)
		return false;
	for_each_use(u, uses, dst) {
		const struct op *user = view_op(&in->v, u->op);

		if (u->how == USE_SOURCE && user->kind == OP_ASSIGN &&
		    view_place(&in->v, user->dst)->carry == CARRY_CONTAINER)
			return true;
	}
	return false;
}

void flow_solve_kernel(struct flow *flow,
		       bool (*in)(const char *module, const void *data),
		       const void *data)
{
	size_t i;

	for (i = 0; i < flow->nr_api_calls; i++) {
		const struct api_call *call = &flow->api_calls[i];
		const struct api_function *api = call->api;
		uint32_t module = flow->instances[call->instance].module;

		if (!(api->roles & API_ALLOC) && !api->nr_gives)
			continue;
		if (!in(intern_str(flow->names, module), data) ||
		    is_for_container(flow, call))
			continue;
		if (api->roles & API_ALLOC)
			seed_slots(flow, call, &api->memory, 1,
				   ENTRY_NONE(false));
		seed_slots(flow, call, api->gives, api->nr_gives,
			   ENTRY_NONE(false));
	}
	follow_all(flow);
}

void flow_solve_release(struct flow *flow)
{
	struct state_entry *k, *next_k;
	struct summary *s, *next_s;

	HASH_ITER(hh, flow->state_by_key, k, next_k) {
		HASH_DEL(flow->state_by_key, k);
		free(k);
	}
	HASH_ITER(hh, flow->summaries, s, next_s) {
		HASH_DEL(flow->summaries, s);
		free(s->callers);
		free(s->outs);
		free(s);
	}
	free(flow->states);
	free(flow->sinks);
	free(flow->causes);
}

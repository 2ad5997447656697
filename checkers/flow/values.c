// SPDX-License-Identifier: GPL-2.0-only
/*
 * The values that an argument can have: attributes or-ed together, a direction,
 * flags. A later assignment replaces an earlier one, branches are kept apart,
 * and a parameter is what the caller on the path passes, or any caller where
 * the path ends. From the graph, for the rules, pairs.c and handover.c.
 */
#include "flow/internal.h"

#define MAX_DEPTH 8
#define MAX_VALUES 2000

struct reading {
	uint32_t op;		/* reads the value */
	unsigned int depth;
	unsigned int *left;	/* values that may still be looked at */
};

static struct reading next(struct reading at, uint32_t op)
{
	return (struct reading){ op, at.depth + 1, at.left };
}

static void value_values(struct flow *flow, const struct frames *frames,
			 uint32_t level, struct value value,
			 struct reading at, struct constants *out);

static void add_constant(struct constants *set, uint64_t bits)
{
	uint32_t i;

	for (i = 0; i < set->nr; i++)
		if (set->values[i] == bits)
			return;
	if (set->nr < MAX_CONSTANTS)
		set->values[set->nr++] = bits;
	else
		set->unknown = true;
}

/* The callers of that function, which decide, are not known. */
static void add_missing(struct constants *set, uint32_t instance)
{
	uint32_t i;

	for (i = 0; i < set->nr_missing; i++)
		if (set->missing[i] == instance)
			return;
	if (set->nr_missing < MAX_CONSTANTS)
		set->missing[set->nr_missing++] = instance;
}

static void join(struct constants *set, const struct constants *more)
{
	uint32_t i;

	for (i = 0; i < more->nr; i++)
		add_constant(set, more->values[i]);
	set->unknown |= more->unknown;
	for (i = 0; i < more->nr_missing; i++)
		add_missing(set, more->missing[i]);
}

/* Each of one with each of the other, or-ed or and-ed. */
static void combine(struct constants *set, const struct constants *more,
		    bool and)
{
	const struct constants before = *set;
	uint32_t i, j;

	set->nr = 0;
	for (i = 0; i < before.nr; i++)
		for (j = 0; j < more->nr; j++)
			add_constant(set, and ? before.values[i] & more->values[j] :
						before.values[i] | more->values[j]);
	set->unknown |= more->unknown;
	for (i = 0; i < more->nr_missing; i++)
		add_missing(set, more->missing[i]);
}

/* The THEN of the same if as the ELSE `arm`. */
static uint32_t other_arm(const struct branch *branches, uint32_t arm)
{
	uint32_t b;

	for (b = arm; b-- > 1;)
		if (branches[b].kind == BRANCH_THEN &&
		    branches[b].parent == branches[arm].parent)
			return b;
	return NONE;
}

static bool is_else_of(const struct instance *in, uint32_t a, uint32_t b)
{
	const struct branch *branches = view_branches(&in->v);

	for (; a; a = branches[a].parent) {
		uint32_t arm = branches[a].kind == BRANCH_ELSE ?
			other_arm(branches, a) : NONE;

		if (arm != NONE && view_is_within(&in->v, b, arm))
			return true;
	}
	return false;
}

bool flow_is_exclusive(const struct instance *in, uint32_t a, uint32_t b)
{
	return is_else_of(in, a, b) || is_else_of(in, b, a);
}

/* In two cases of a switch. */
static bool in_cases(const struct instance *in, uint32_t a, uint32_t b)
{
	const struct branch *branches = view_branches(&in->v);
	uint32_t c;

	for (; a; a = branches[a].parent)
		for (c = b; branches[a].kind == BRANCH_CASE && c;
		     c = branches[c].parent)
			if (c != a && branches[c].kind == BRANCH_CASE &&
			    branches[c].parent == branches[a].parent)
				return true;
	return false;
}

/* Whether `a` is in a branch that leaves the function before `b`. */
static bool leaves_before(const struct instance *in, uint32_t a, uint32_t b)
{
	const struct branch *branches = view_branches(&in->v);

	for (; a; a = branches[a].parent)
		if (branches[a].leaves && !view_is_within(&in->v, b, a))
			return true;
	return false;
}

bool flow_is_instead(const struct instance *in, uint32_t a, uint32_t b,
		     bool behind)
{
	uint32_t first = view_op(&in->v, a < b ? a : b)->branch;
	uint32_t second = view_op(&in->v, a < b ? b : a)->branch;

	return flow_is_exclusive(in, first, second) ||
	       in_cases(in, first, second) ||
	       (behind && leaves_before(in, first, second));
}

static bool in_else(const struct instance *in, uint32_t branch)
{
	const struct branch *branches = view_branches(&in->v);

	for (; branch; branch = branches[branch].parent)
		if (branches[branch].kind == BRANCH_ELSE)
			return true;
	return false;
}

/* What one assignment does to what was there before. */
static void assign(struct flow *flow, const struct frames *frames,
		   uint32_t level, const struct op *op, struct reading at,
		   struct constants *set)
{
	struct constants value = { .nr = 0 };

	if (op->flags & ASSIGN_UPDATE) {
		set->unknown = true;
		return;
	}
	value_values(flow, frames, level, op->value, at, &value);
	if (op->flags & ASSIGN_OR)
		combine(set, &value, false);
	else if (op->flags & ASSIGN_AND)
		combine(set, &value, true);
	else
		*set = value;
}

/* A local or parameter, read by op `at`; `set` has its first values. */
static void local_values(struct flow *flow, const struct frames *frames,
			 uint32_t level, uint32_t place, struct reading at,
			 struct constants *set)
{
	const struct use *u;
	const struct constants start = *set;
	uint32_t instance = frames->at[level].instance;
	const struct instance *in = &flow->instances[instance];
	const struct uses *uses = flow_uses(flow, instance);
	uint32_t branch = view_op(&in->v, at.op)->branch;

	for_each_use(u, uses, place) {
		const struct op *op = view_op(&in->v, u->op);

		struct constants before = *set;

		if (u->how != USE_DST || u->op >= at.op ||
		    flow_is_exclusive(in, branch, op->branch))
			continue;
		/* This arm does not see what the other arm assigned. */
		if (in_else(in, op->branch) && *at.left) {
			--*at.left;
			*set = start;
			local_values(flow, frames, level, place,
				     next(at, u->op), set);
		}
		assign(flow, frames, level, op, next(at, u->op), set);
		if (!view_is_within(&in->v, branch, op->branch))
			join(set, &before);
	}
}

static void param_values(struct flow *flow, const struct frames *frames,
			 uint32_t level, uint32_t param, struct reading at,
			 struct constants *set)
{
	const struct edge *e;
	const struct instance *in =
		&flow->instances[frames->at[level].instance];
	uint32_t i;

	if (level + 1 < frames->nr) {
		const struct frame *up = &frames->at[level + 1];
		const struct instance *caller = &flow->instances[up->instance];

		value_values(flow, frames, level + 1,
			     view_arg(&caller->v, view_op(&caller->v, up->op),
					  param),
			     next(at, up->op), set);
		return;
	}
	if (!in->nr_callers) {
		set->unknown = true;
		add_missing(set, frames->at[level].instance);
	}
	for_each_caller(e, i, flow, in) {
		const struct instance *caller = &flow->instances[e->caller];
		const struct frames one = FRAMES_INIT(e->caller, e->op);
		struct constants more = { .nr = 0 };

		value_values(flow, &one, 0,
			     view_arg(&caller->v, view_op(&caller->v, e->op),
					  param),
			     next(at, e->op), &more);
		join(set, &more);
	}
}

/* All values that are ever assigned to a field or global of the module. */
static void heap_values(struct flow *flow, uint32_t node, struct reading at,
			struct constants *set)
{
	const struct heap_node *h = &flow->heap[node];
	struct constants or_ed = { .nr = 0 };
	bool assigned = false, added = false;
	const struct use *u;
	uint32_t i;

	for (i = 0; i < h->nr; i++) {
		uint32_t place = h->list[i].place;
		const struct instance *in =
			&flow->instances[h->list[i].instance];
		const struct uses *uses =
			flow_uses(flow, h->list[i].instance);

		for_each_use(u, uses, place) {
			const struct op *op = view_op(&in->v, u->op);
			const struct frames one = FRAMES_INIT(h->list[i].instance, u->op);
			struct constants more = { .nr = 0 };

			if (u->how != USE_DST || (op->flags & ASSIGN_AND))
				continue;
			if (op->flags & ASSIGN_UPDATE) {
				set->unknown = true;
				continue;
			}
			value_values(flow, &one, 0, op->value,
				     next(at, u->op),
				     &more);
			if (op->flags & ASSIGN_OR) {
				join(&or_ed, &more);
				added = true;
			} else {
				join(set, &more);
				assigned = true;
			}
		}
	}
	if (!assigned && !added)
		set->unknown = true;
	if (!assigned)
		add_constant(set, 0);
	if (added) {
		struct constants before = *set;

		combine(set, &or_ed, false);
		join(set, &before);
	}
}

static void call_values(struct flow *flow, const struct frames *frames,
			uint32_t level, uint32_t call, struct reading at,
			struct constants *set)
{
	const struct edge *e;
	const struct instance *in =
		&flow->instances[frames->at[level].instance];
	bool any = false;
	uint32_t j;

	for_each_target(e, flow, in, call) {
		const struct instance *callee = &flow->instances[e->callee];

		for_each_return(j, &callee->v) {
			struct frames down = { .nr = 2 };
			struct constants more = { .nr = 0 };

			any = true;
			down.at[0] = (struct frame){ e->callee, j };
			down.at[1] = (struct frame){
				frames->at[level].instance, call };
			value_values(flow, &down, 0,
				     view_op(&callee->v, j)->value,
				     next(at, j), &more);
			join(set, &more);
		}
	}
	set->unknown |= !any;
}

static void place_values(struct flow *flow, const struct frames *frames,
			 uint32_t level, uint32_t place, struct reading at,
			 struct constants *set)
{
	const struct instance *in =
		&flow->instances[frames->at[level].instance];
	const struct place *p = view_place(&in->v, place);

	switch (p->kind) {
	case PLACE_PARAM:
		param_values(flow, frames, level, p->number, at, set);
		local_values(flow, frames, level, place, at, set);
		break;
	case PLACE_LOCAL:
		local_values(flow, frames, level, place, at, set);
		set->unknown |= !set->nr;
		break;
	case PLACE_FIELD:
	case PLACE_GLOBAL:
	case PLACE_STATIC:
		heap_values(flow, in->heap[place], at, set);
		break;
	case PLACE_CALL:
		call_values(flow, frames, level, p->number, at, set);
		break;
	default:
		set->unknown = true;
	}
}

static void value_values(struct flow *flow, const struct frames *frames,
			 uint32_t level, struct value value,
			 struct reading at, struct constants *out)
{
	const struct instance *in =
		&flow->instances[frames->at[level].instance];
	unsigned int alts = view_nr_alts(&in->v, value), alt;
	uint32_t i;

	if (at.depth > MAX_DEPTH || !*at.left)
		flow_stopped(flow, BOUND_VALUES, frames->at[level].instance);
	if (!value.nr || at.depth > MAX_DEPTH || !*at.left) {
		out->unknown = true;
		return;
	}
	--*at.left;
	for (alt = 0; alt < alts; alt++) {
		struct constants sum = { .values = { 0 }, .nr = 1 };

		for (i = 0; i < value.nr; i++) {
			const struct term *t = view_term(&in->v, value, i);
			struct constants term = { .nr = 0 };

			if (t->alt != ALT_ALL && t->alt != alt)
				continue;
			if (t->kind == TERM_BITS)
				add_constant(&term, t->bits);
			else if (t->kind == TERM_PLACE)
				place_values(flow, frames, level, t->place, at,
					     &term);
			else
				term.unknown = true;
			combine(&sum, &term, false);
		}
		join(out, &sum);
	}
}

void flow_values(struct flow *flow, const struct frames *frames, int arg,
		 struct constants *set)
{
	const struct frame *f = &frames->at[0];
	const struct instance *in = &flow->instances[f->instance];
	unsigned int left = MAX_VALUES;

	memset(set, 0, sizeof(*set));
	if (arg < 0)
		add_constant(set, 0);
	else
		value_values(flow, frames, 0,
			     view_arg(&in->v, view_op(&in->v, f->op),
					  (uint32_t)arg),
			     (struct reading){ f->op, 0, &left }, set);
}

void flow_call_values(struct flow *flow, const struct flow_call *call, int arg,
		      struct constants *set)
{
	const struct frames frames = FRAMES_INIT(call->instance,
						 call->number);

	flow_values(flow, &frames, arg, set);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walks the statements of a function, branch by branch and jump by jump, to see
 * whether something that a call begins can be left when the function returns.
 * From the facts of one function, for one-call.c.
 */
#include "flow/exits.h"

#include "flow/internal.h"
#include "lib/alloc.h"

#define MAX_LABELS 32
/* A goto back may bring it to a label that was passed already. */
#define MAX_PASSES 3

struct label {
	uint32_t name;
	bool live;
};

struct walk {
	const struct exits *exits;
	const struct instance *in;
	const struct branch *branches;
	uint32_t at;		/* the next op */
	bool fresh;		/* nothing was done with it yet */
	bool out;		/* alive at some exit */
	bool broken, continued;	/* alive at a break, continue of this loop */
	bool jumped_back;
	uint32_t nr_reached;	/* labels that control came to by a goto */
	struct label labels[MAX_LABELS];
	uint32_t nr_labels;
	uint8_t *ends;		/* by op: 0 not asked, 1 no, 2 yes */
};

static bool walk_branch(struct walk *w, uint32_t branch, bool live);

static bool *label(struct walk *w, uint32_t name)
{
	static bool none;
	uint32_t i;

	for (i = 0; i < w->nr_labels; i++)
		if (w->labels[i].name == name)
			return &w->labels[i].live;
	none = false;
	if (w->nr_labels == MAX_LABELS)
		return &none;
	w->labels[w->nr_labels].name = name;
	w->labels[w->nr_labels].live = false;
	return &w->labels[w->nr_labels++].live;
}

static bool ends(struct walk *w, uint32_t op)
{
	if (!w->ends[op])
		w->ends[op] = w->exits->ends(w->exits, op) ? 2 : 1;
	return w->ends[op] == 2;
}

/* A test for failure: it does nothing. */
static bool is_check(const struct walk *w, const struct op *op)
{
	const char *name = facts_str(w->in->v.set, op->spelling);
	size_t n = strlen(name), m = strlen("mapping_error");

	return !strncmp(name, "IS_ERR", 6) || !strncmp(name, "PTR_ERR", 7) ||
	       (n >= m && !strcmp(name + n - m, "mapping_error"));
}

/* A call that does something: neither a check nor the kernel's API. */
static bool is_work(const struct walk *w, const struct op *op)
{
	return !is_check(w, op) &&
	       !flow_called_api(w->exits->flow, w->in, op);
}

/* The child of `branch` that `inner` is in; `branch` itself if it is that. */
static uint32_t child_of(const struct walk *w, uint32_t branch,
			 uint32_t inner)
{
	while (inner != branch && inner && w->branches[inner].parent != branch)
		inner = w->branches[inner].parent;
	return inner;
}

static enum tells value_tells(const struct walk *w, struct value value,
			      uint32_t at)
{
	enum tells best = TELLS_NOTHING;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&w->in->v, value, i);
		enum tells tells = t->kind != TERM_PLACE ? TELLS_NOTHING :
			w->exits->tells(w->exits, t->place, at);

		if (tells > best)
			best = tells;
	}
	return best;
}

struct condition {
	enum tells tells;
	bool negated;
	bool guards;	/* against nothing there, not a count of users */
};

/* Asked for: a pointer, a check, a number that is zero. */
static bool is_guard(const struct walk *w, const struct op *op)
{
	uint32_t place, i;

	for_each_place(place, i, &w->in->v, op->value) {
		const struct place *p = view_place(&w->in->v, place);

		if (p->kind == PLACE_CALL ?
		    !is_check(w, view_op(&w->in->v, p->number)) :
		    p->carry == CARRY_NUMBER && op->flags != TEST_FALSE)
			return false;
	}
	return true;
}

/* What the condition of the arm whose first op comes next asks for. */
static struct condition condition(const struct walk *w, uint32_t arm)
{
	struct condition c = { TELLS_NOTHING, false, true };
	uint32_t parent = w->branches[arm].parent, i, a;

	for (i = w->at; i-- > 0;) {
		const struct op *op = view_op(&w->in->v, i);
		enum tells tells = TELLS_NOTHING;

		if (op->branch != parent ||
		    (op->kind != OP_TEST &&
		     (op->kind != OP_CALL || is_work(w, op))) ||
		    (w->exits->start != NONE && i < w->exits->start))
			break;
		if (i != w->exits->start)
			tells = value_tells(w, op->value, i);
		if (op->kind == OP_TEST && !tells)
			c.guards &= is_guard(w, op);
		for (a = 0; op->kind == OP_CALL && is_check(w, op) &&
			    a < op->nr_args; a++)
			if (value_tells(w, view_arg(&w->in->v, op, a), i))
				tells = TELLS_RESULT;
		if (tells > c.tells) {
			c.tells = tells;
			c.negated = op->kind == OP_TEST &&
				    op->flags == TEST_FALSE;
		}
	}
	return c;
}

static bool has_end(struct walk *w, uint32_t branch)
{
	uint32_t i;

	for (i = w->at; i < w->in->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&w->in->v, i);

		if (!view_is_within(&w->in->v, op->branch, branch))
			break;
		if (op->kind == OP_CALL && ends(w, i))
			return true;
	}
	return false;
}

/* The else of the if whose arm `then` was walked, if it comes next; or 0. */
static uint32_t other_arm(const struct walk *w, uint32_t then)
{
	uint32_t parent = w->branches[then].parent, arm, i;

	if (w->at >= w->in->v.fn->nr_ops)
		return 0;
	arm = child_of(w, parent, view_op(&w->in->v, w->at)->branch);
	if (!arm || arm == parent || w->branches[arm].kind != BRANCH_ELSE ||
	    w->branches[arm].parent != parent)
		return 0;
	for (i = then + 1; i < arm; i++)
		if (w->branches[i].parent == parent)
			return 0;
	return arm;
}

/* Walk an arm that is not taken while the thing is there. */
static void walk_dead(struct walk *w, uint32_t arm)
{
	bool fresh = w->fresh;

	walk_branch(w, arm, false);
	w->fresh = fresh;
}

/*
 * An arm of an if, or a case. Not taken while the thing is there: one that
 * leaves because it could not be begun. Always taken: one that ends it if
 * it is there.
 */
static bool walk_arm(struct walk *w, uint32_t arm, bool live)
{
	struct condition c = condition(w, arm);
	bool leaves = w->branches[arm].leaves, always, failed, out = false;
	uint32_t other;

	failed = leaves && w->fresh &&
		 (c.tells || (w->exits->start == NONE && c.guards));
	failed |= leaves && c.tells == TELLS_LASTING && c.negated;
	always = live && c.tells && !failed && has_end(w, arm) &&
		 !(c.tells == TELLS_LASTING && c.negated);
	if (failed)
		walk_dead(w, arm);
	else
		out = walk_branch(w, arm, live);
	other = w->branches[arm].kind == BRANCH_THEN ? other_arm(w, arm) : 0;
	if (!other)
		return out | (live && !always);
	if (always || (w->branches[other].leaves && !leaves && w->fresh &&
		       c.tells)) {
		walk_dead(w, other);
		return out;
	}
	return out | walk_branch(w, other, live);
}

static bool walk_loop(struct walk *w, uint32_t loop, bool live)
{
	bool broken = w->broken, continued = w->continued, out, again;
	uint32_t start = w->at, nr_reached = w->nr_reached;
	bool fresh = w->fresh;

	w->broken = w->continued = false;
	out = walk_branch(w, loop, live);
	again = live | out | w->continued;
	/* Not when it would be the same: nested loops would double it each. */
	if (again != live || w->fresh != fresh ||
	    w->nr_reached != nr_reached) {
		w->at = start;
		out = walk_branch(w, loop, again);
	}
	out |= w->broken | w->continued;
	w->broken = broken;
	w->continued = continued;
	return out;
}

static bool jump(struct walk *w, const struct op *op, bool live)
{
	bool *to;

	switch (op->flags) {
	case JUMP_BREAK:
		w->broken |= live;
		break;
	case JUMP_CONTINUE:
		w->continued |= live;
		break;
	default:
		to = label(w, op->spelling);
		w->jumped_back |= live && !*to;
		w->nr_reached += live && !*to;
		*to |= live;
	}
	return false;
}

/* The op at w->at; whether the thing is alive behind it. */
static bool step_block(struct walk *w, bool live)
{
	uint32_t nr = w->at++;
	const struct op *op = view_op(&w->in->v, nr);

	switch (op->kind) {
	case OP_JUMP:
		return jump(w, op, live);
	case OP_LABEL:
		return live | *label(w, op->spelling);
	case OP_RETURN:
		w->out |= live;
		return false;
	case OP_CALL:
		if (nr == w->exits->start) {
			w->fresh = true;
			return true;
		}
		if (live && ends(w, nr))
			return false;
		if (is_work(w, op))
			w->fresh = false;
		return live;
	default:
		return live;
	}
}

/* Switches are no loops, and yet a break leaves them: behind the case. */
static bool walk_case(struct walk *w, uint32_t arm, bool live)
{
	bool broken = w->broken, out;

	w->broken = false;
	out = walk_arm(w, arm, live) | w->broken;
	w->broken = broken;
	return out;
}

static bool walk_branch(struct walk *w, uint32_t branch, bool live)
{
	while (w->at < w->in->v.fn->nr_ops) {
		uint32_t inner = view_op(&w->in->v, w->at)->branch, child;

		if (!view_is_within(&w->in->v, inner, branch))
			break;
		child = child_of(w, branch, inner);
		if (child == branch)
			live = step_block(w, live);
		else if (w->branches[child].kind == BRANCH_LOOP)
			live = walk_loop(w, child, live);
		else if (w->branches[child].kind == BRANCH_CASE)
			live = walk_case(w, child, live);
		else
			live = walk_arm(w, child, live);
	}
	return live;
}

bool flow_survives(const struct exits *exits)
{
	const struct instance *in = &exits->flow->instances[exits->instance];
	struct walk w = {
		.exits = exits, .in = in,
		.branches = view_branches(&in->v),
	};
	unsigned int pass;

	w.ends = xcalloc(in->v.fn->nr_ops + 1, 1);
	for (pass = 0; pass < MAX_PASSES; pass++) {
		w.at = 0;
		w.fresh = exits->start == NONE;
		w.jumped_back = false;
		w.out |= walk_branch(&w, 0, exits->start == NONE);
		if (!w.jumped_back)
			break;
	}
	free(w.ends);
	return w.out;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether the function that maps has just filled the mapped place with memory
 * of the kernel: then it does not count what the same field of another object
 * holds. From the facts of one function, for sinks.c.
 */
#include "flow/internal.h"

#define MAX_DEPTH 6
#define MAX_PLACES 10000

struct origin {
	struct flow *flow;
	uint32_t instance;
	const struct instance *in;
	unsigned int left;	/* places that may still be looked at */
};

static bool is_kernels(struct origin *o, struct value value,
		       uint32_t at, unsigned int depth);

/* Whether each path to op `at` goes through `writer`; loops are run. */
static bool is_on_the_way(struct origin *o, uint32_t writer,
			  uint32_t at)
{
	const struct branch *branches =
		&o->in->v.set->branches[o->in->v.fn->first_branch];
	uint32_t b = view_op(&o->in->v, writer)->branch;

	for (; b; b = branches[b].parent)
		if (branches[b].kind != BRANCH_LOOP &&
		    !view_is_within(&o->in->v, view_op(&o->in->v, at)->branch,
				    b))
			return false;
	return true;
}

static bool gives(const struct api_function *api, int slot)
{
	size_t i;

	for (i = 0; i < api->nr_gives; i++)
		if (api->gives[i].arg == slot && !api->gives[i].field)
			return true;
	return false;
}

/* Whether what the call returns is fresh, or made of memory that is. */
static bool call_gives(struct origin *o, uint32_t call, unsigned int depth)
{
	const struct op *op = view_op(&o->in->v, call);
	const struct api_function *api = flow_called_api(o->flow, o->in, op);
	size_t i;

	if (!api || gives(api, API_RETURN))
		return api != NULL;
	for (i = 0; i < api->nr_transfers; i++)
		if (api->transfers[i].to.arg == API_RETURN &&
		    api->transfers[i].from.arg >= 0)
			return is_kernels(o, view_arg(&o->in->v, op,
					  api->transfers[i].from.arg), call,
					  depth + 1);
	return false;
}

/* pages = kmalloc(): an array for pages, not the memory that is mapped. */
static bool is_container(struct origin *o, const struct op *op)
{
	const struct place *dst = view_place(&o->in->v, op->dst);
	uint32_t i;

	for (i = 0; i < op->value.nr; i++) {
		const struct term *t = view_term(&o->in->v, op->value, i);

		if (t->kind == TERM_PLACE &&
		    view_place(&o->in->v, t->place)->carry == CARRY_POINTER)
			return dst->carry == CARRY_CONTAINER;
	}
	return false;
}

enum writes { WRITES_NOT, WRITES_KERNELS, WRITES_OTHER };

static enum writes call_writes(struct origin *o, uint32_t nr,
			       uint32_t place, unsigned int depth)
{
	const struct op *op = view_op(&o->in->v, nr);
	const struct api_function *api = flow_called_api(o->flow, o->in, op);
	bool named = false;
	uint32_t a;
	size_t i;

	for (a = 0; a < op->nr_args; a++) {
		if (!view_has_place(&o->in->v,
				    view_arg(&o->in->v, op, (int)a), place))
			continue;
		named = true;
		if (api && gives(api, (int)a))
			return WRITES_KERNELS;
		for (i = 0; api && i < api->nr_transfers; i++) {
			const struct api_transfer *t = &api->transfers[i];

			if (t->to.arg != (int)a || t->from.arg < 0)
				continue;
			return is_kernels(o, view_arg(&o->in->v, op,
						(uint32_t)t->from.arg),
					  nr, depth + 1) ?
				WRITES_KERNELS : WRITES_OTHER;
		}
	}
	/* A function of the driver may put anything there. */
	if (named && (!api || (api->roles & API_SOURCE)))
		return WRITES_OTHER;
	return WRITES_NOT;
}

static enum writes writes(struct origin *o, uint32_t nr, uint32_t place,
			  unsigned int depth)
{
	const struct op *op = view_op(&o->in->v, nr);

	if (op->kind == OP_CALL)
		return call_writes(o, nr, place, depth);
	if (op->kind != OP_ASSIGN || op->dst != place || is_container(o, op))
		return WRITES_NOT;
	return is_kernels(o, op->value, nr, depth + 1) ? WRITES_KERNELS :
							 WRITES_OTHER;
}

static bool place_is_kernels(struct origin *o, uint32_t place,
			     uint32_t at, unsigned int depth)
{
	const struct place *p = view_place(&o->in->v, place);
	bool filled = false;
	uint32_t i;

	if (p->kind == PLACE_CALL)
		return call_gives(o, p->number, depth);
	for (i = 0; i < at; i++) {
		enum writes w = writes(o, i, place, depth);

		if (w == WRITES_OTHER)
			return false;
		/* A variable has nothing but what is put there. */
		filled |= w == WRITES_KERNELS &&
			  (p->kind == PLACE_LOCAL || is_on_the_way(o, i, at));
	}
	return filled;
}

static bool is_kernels(struct origin *o, struct value value,
		       uint32_t at, unsigned int depth)
{
	bool any = false;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&o->in->v, value, i);

		if (t->kind != TERM_PLACE ||
		    !carry_memory(view_place(&o->in->v, t->place)->carry))
			continue;
		if (depth > MAX_DEPTH || !o->left) {
			flow_stopped(o->flow, BOUND_ORIGIN, o->instance);
			return false;
		}
		o->left--;
		if (!place_is_kernels(o, t->place, at, depth))
			return false;
		any = true;
	}
	return any;
}

bool flow_is_kernels(struct flow *flow, uint32_t instance, uint32_t op,
		     int arg)
{
	struct origin o = { flow, instance, &flow->instances[instance],
			    MAX_PLACES };

	return arg >= 0 && is_kernels(&o, view_arg(&o.in->v,
			view_op(&o.in->v, op), (uint32_t)arg), op, 0);
}

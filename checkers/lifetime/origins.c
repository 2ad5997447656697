// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the DMA address in a variable or a member comes from: regardless of
 * paths, and of which object it is, all that the module ever puts there.
 */
#include "lifetime/internal.h"

#include "lib/alloc.h"

#define MAX_DEPTH 5

/* Something that is put into a member. */
struct filling {
	uint32_t field, function, op;
};

static void add_filling(struct lifetimes *l, uint32_t function, uint32_t op,
			uint32_t place)
{
	const struct life_function *f = &l->functions[function];
	const struct place *p;

	if (place == NO_PLACE)
		return;
	p = view_place(&f->v, place);
	if (p->kind != PLACE_FIELD ||
	    (p->carry != CARRY_DMA_ADDR && p->carry != CARRY_WORD &&
	     p->carry != CARRY_NUMBER))
		return;
	ALLOC_GROW(l->fillings, l->nr_fillings + 1, l->alloc_fillings);
	l->fillings[l->nr_fillings++] = (struct filling){
		lifetimes_field(l, f, place), function, op,
	};
}

static int by_field(const void *a, const void *b)
{
	const struct filling *x = a, *y = b;

	if (x->field != y->field)
		return x->field < y->field ? -1 : 1;
	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	return x->op < y->op ? -1 : x->op > y->op;
}

static void find_fillings(struct lifetimes *l)
{
	uint32_t i, j;

	for (i = 0; i < l->nr_functions; i++) {
		const struct life_function *f = &l->functions[i];

		for (j = 0; j < f->v.fn->nr_ops; j++) {
			const struct op *op = view_op(&f->v, j);
			const struct api_function *api;

			if (op->kind == OP_ASSIGN) {
				add_filling(l, i, j, op->dst);
				continue;
			}
			api = life_api(l, f, op, LIFE_ALLOCS);
			if (api && api->handle.arg >= 0)
				add_filling(l, i, j, view_only_place(&f->v,
					view_arg(&f->v, op,
						 api->handle.arg)));
		}
	}
	if (l->nr_fillings)
		qsort(l->fillings, l->nr_fillings, sizeof(*l->fillings),
		      by_field);
	l->are_filled = true;
}

static void add_origin(struct life_origins *o, const struct life_function *f,
		       uint32_t op, const struct api_function *api)
{
	uint32_t i;

	for (i = 0; i < o->nr; i++)
		if (o->list[i].in == f && o->list[i].op == op)
			return;
	if (o->nr == MAX_LIFE_ORIGINS) {
		o->others = true;
		return;
	}
	o->list[o->nr++] = (struct life_origin){ f, op, api };
}

static void follow_value(struct lifetimes *l, const struct life_function *f,
			 struct value value, struct life_origins *o,
			 unsigned int depth);

/* What an assignment or an allocation puts somewhere. */
static void follow_op(struct lifetimes *l, const struct life_function *f,
		      uint32_t nr, struct life_origins *o, unsigned int depth)
{
	const struct op *op = view_op(&f->v, nr);
	const struct api_function *api;

	if (op->kind == OP_ASSIGN) {
		follow_value(l, f, op->value, o, depth);
		return;
	}
	api = life_api(l, f, op, LIFE_ALLOCS);
	if (api)
		add_origin(o, f, nr, api);
}

static void follow_call(struct lifetimes *l, const struct life_function *f,
			uint32_t nr, struct life_origins *o)
{
	const struct api_function *api =
		life_api(l, f, view_op(&f->v, nr), LIFE_MAPS);

	if (api && api->handle.arg == API_RETURN)
		add_origin(o, f, nr, api);
	else
		o->others = true;
}

static void follow_local(struct lifetimes *l, const struct life_function *f,
			 uint32_t place, struct life_origins *o,
			 unsigned int depth)
{
	bool any = false;
	uint32_t i;

	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);
		const struct api_function *api;

		if (op->kind == OP_ASSIGN && op->dst == place) {
			follow_value(l, f, op->value, o, depth);
			any = true;
			continue;
		}
		api = life_api(l, f, op, LIFE_ALLOCS);
		if (api && api->handle.arg >= 0 &&
		    view_only_place(&f->v, view_arg(&f->v, op,
						    api->handle.arg)) ==
			    place) {
			add_origin(o, f, i, api);
			any = true;
		}
	}
	o->others |= !any;
}

static void follow_field(struct lifetimes *l, uint32_t field,
			 struct life_origins *o, unsigned int depth)
{
	size_t low = 0, high = l->nr_fillings;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->fillings[middle].field < field)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == l->nr_fillings || l->fillings[low].field != field)
		o->others = true;
	for (; low < l->nr_fillings && l->fillings[low].field == field; low++)
		follow_op(l, &l->functions[l->fillings[low].function],
			  l->fillings[low].op, o, depth);
}

static void follow_value(struct lifetimes *l, const struct life_function *f,
			 struct value value, struct life_origins *o,
			 unsigned int depth)
{
	uint32_t place, i;
	bool any = false;

	if (depth > MAX_DEPTH) {
		o->others = true;
		return;
	}
	for_each_place(place, i, &f->v, value) {
		const struct place *p = view_place(&f->v, place);

		/* An offset to it is no origin. */
		if (value.nr > 1 && p->carry == CARRY_NUMBER)
			continue;
		any = true;
		switch (p->kind) {
		case PLACE_CALL:
			follow_call(l, f, p->number, o);
			break;
		case PLACE_LOCAL:
			follow_local(l, f, place, o, depth + 1);
			break;
		case PLACE_FIELD:
			follow_field(l, lifetimes_field(l, f, place), o,
				     depth + 1);
			break;
		default:
			o->others = true;
		}
	}
	/* A constant says that there is none: 0, DMA_MAPPING_ERROR. */
	for (i = 0; !any && i < value.nr; i++)
		o->others |= view_term(&f->v, value, i)->kind != TERM_BITS;
	o->others |= !value.nr;
}

void lifetimes_origins(struct lifetimes *l, const struct life_function *f,
		       struct value value, struct life_origins *o)
{
	memset(o, 0, sizeof(*o));
	if (!l->are_filled)
		find_fillings(l);
	follow_value(l, f, value, o, 0);
}

void lifetimes_each_function(struct lifetimes *l,
			     void (*fn)(const struct life_function *f,
					void *data), void *data)
{
	size_t i;

	for (i = 0; i < l->nr_functions; i++)
		fn(&l->functions[i], data);
}

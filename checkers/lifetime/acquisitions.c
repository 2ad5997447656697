// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which calls of a function map or allocate: each begins a life, which walk.c
 * follows. For the rules, which get all lives of the program in turn.
 */
#include "lifetime/internal.h"

#include "lib/alloc.h"
#include "lib/diag.h"

static bool is_acquisition(struct lifetimes *l, const struct life_function *f,
			   uint32_t nr, struct life *life)
{
	const struct op *op = view_op(&f->v, nr);
	const struct life_function *callee;

	life->api = life_api(l, f, op, LIFE_MAPS | LIFE_ALLOCS);
	if (life->api && (life->api->roles & LIFE_ALLOCS)) {
		life->kind = LIFE_MEMORY;
		life->is_managed = api_in_family(life->api, "managed");
		return life->api->handle.arg >= 0;
	}
	if (life->api && life->api->handle.arg == API_RETURN) {
		life->kind = LIFE_ADDRESS;
		return true;
	}
	if (life->api && api_in_family(life->api, "sg")) {
		life->kind = !strcmp(life->api->name, "dma_map_sgtable") ?
			LIFE_SGTABLE : LIFE_TABLE;
		return true;
	}
	if (life->api)
		return false;
	callee = lifetimes_callee(l, f, op);
	life->kind = LIFE_ADDRESS;
	return callee && callee != f && callee->returns_address &&
	       op->dst != NO_PLACE;
}

static void walk_all(struct lifetimes *l, const struct life_function *f)
{
	uint32_t i;

	for (i = 0; f->v.fn->nr_blocks && i < f->v.fn->nr_ops; i++) {
		struct life life = {
			.in = f, .op = i, .released = NO_OP,
			.bad_release = NO_OP, .bad_test = NO_OP,
			.first_release = NO_OP, .second_release = NO_OP,
			.asked_narrow = NO_OP, .field = NO_PLACE,
			.member = INTERN_NONE,
		};

		if (view_op(&f->v, i)->kind != OP_CALL ||
		    !is_acquisition(l, f, i, &life))
			continue;
		life_walk(l, f, &life);
		ALLOC_GROW(l->lives, l->nr_lives + 1, l->alloc_lives);
		l->lives[l->nr_lives++] = life;
	}
}

void lifetimes_each(struct lifetimes *l,
		    void (*fn)(const struct life *life, void *data),
		    void *data)
{
	size_t i;

	for (i = 0; !l->are_walked && i < l->nr_functions; i++)
		walk_all(l, &l->functions[i]);
	if (!l->are_walked && l->given_up)
		verbose("%zu mappings are not followed: their functions have too many paths",
			l->given_up);
	l->are_walked = true;
	for (i = 0; i < l->nr_lives; i++)
		fn(&l->lives[i], data);
}

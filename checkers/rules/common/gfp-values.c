// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the constants that reach the gfp argument of an allocation in its function;
 * for rules about gfp flags.
 */
#include "rules/common/gfp-values.h"

struct gfp_call {
	const struct scan *s;
	const struct op *op;
	const struct api_function *api;
	void (*fn)(const struct scan *s, const struct op *op,
		   const struct api_function *api, uint64_t gfp);
};

/* Visit the alternatives of a value, such as those of a ?:. */
static void gfp_each_arm(const struct gfp_call *call, struct value value,
			 bool more)
{
	unsigned int arms = 1, arm;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&call->s->v, value, i);

		if (t->alt != ALT_ALL && t->alt + 1u > arms)
			arms = t->alt + 1u;
	}
	for (arm = 0; arm < arms; arm++) {
		bool any = false, other = more;
		uint64_t bits = 0;

		for (i = 0; i < value.nr; i++) {
			const struct term *t = view_term(&call->s->v, value, i);

			if (t->alt != ALT_ALL && t->alt != arm)
				continue;
			if (t->kind == TERM_BITS) {
				any = true;
				bits |= t->bits;
			} else {
				other = true;
			}
		}
		/* An unknown part may contain the flags that allow to wait. */
		if (any)
			call->fn(call->s, call->op, call->api,
				 other ? bits | GFP_BITS_RECLAIM : bits);
	}
}

/* Visit the values assigned to `place` before the call. */
static void gfp_each_assigned(const struct gfp_call *call, uint32_t place)
{
	const struct op *op;
	bool more = false;

	for (op = view_op(&call->s->v, 0); op != call->op; op++)
		if (op->kind == OP_ASSIGN && op->dst == place &&
		    (op->flags & (ASSIGN_OR | ASSIGN_UPDATE)))
			more = true;
	for (op = view_op(&call->s->v, 0); op != call->op; op++)
		if (op->kind == OP_ASSIGN && op->dst == place &&
		    !(op->flags & ASSIGN_AND))
			gfp_each_arm(call, op->value, more);
}

static void gfp_visit_call(const struct scan *s, const struct op *op,
			   const struct api_function *api, void *data)
{
	struct gfp_call *call = data;
	struct value value = view_arg(&s->v, op, api->gfp);
	uint32_t place = view_only_place(&s->v, value);

	call->s = s;
	call->op = op;
	call->api = api;
	if (place == NO_PLACE)
		gfp_each_arm(call, value, false);
	else if (view_place(&s->v, place)->kind == PLACE_LOCAL)
		gfp_each_assigned(call, place);
}

void gfp_each(struct rule_run *run,
	      void (*fn)(const struct scan *s, const struct op *op,
			 const struct api_function *api, uint64_t gfp))
{
	struct gfp_call call = { .fn = fn };

	scan_each_call(run, API_ALLOC, gfp_visit_call, &call);
}

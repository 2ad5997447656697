// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/gfp-values.h"

struct visitor {
	const struct scan *s;
	const struct op *op;
	const struct api_function *api;
	void (*visit)(const struct scan *s, const struct op *op,
		      const struct api_function *api, uint64_t bits,
		      void *data);
	void *data;
};

/* The arms of a value; those of a ?: one by one. */
static void each_arm(const struct visitor *v, struct value value, bool more)
{
	unsigned int arms = 1, arm;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(v->s, value, i);

		if (t->alt != ALT_ALL && t->alt + 1u > arms)
			arms = t->alt + 1u;
	}
	for (arm = 0; arm < arms; arm++) {
		bool any = false, other = more;
		uint64_t bits = 0;

		for (i = 0; i < value.nr; i++) {
			const struct term *t = scan_term(v->s, value, i);

			if (t->alt != ALT_ALL && t->alt != arm)
				continue;
			if (t->kind == TERM_BITS) {
				any = true;
				bits |= t->bits;
			} else {
				other = true;
			}
		}
		/* What is not known may well be able to wait. */
		if (any)
			v->visit(v->s, v->op, v->api,
				 other ? bits | GFP_BITS_RECLAIM : bits,
				 v->data);
	}
}

/* Whether flags are added to `place` before the call. */
static bool is_or_ed(const struct visitor *v, uint32_t place)
{
	uint32_t i;

	for (i = 0; scan_op(v->s, i) != v->op; i++)
		if (scan_op(v->s, i)->kind == OP_ASSIGN &&
		    scan_op(v->s, i)->dst == place &&
		    (scan_op(v->s, i)->flags & (ASSIGN_OR | ASSIGN_UPDATE)))
			return true;
	return false;
}

static void each_assigned(const struct visitor *v, uint32_t place)
{
	bool more = is_or_ed(v, place);
	uint32_t i;

	for (i = 0; scan_op(v->s, i) != v->op; i++) {
		const struct op *op = scan_op(v->s, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    !(op->flags & ASSIGN_AND))
			each_arm(v, op->value, more);
	}
}

void gfp_each(const struct scan *s, const struct op *op,
	      const struct api_function *api,
	      void (*visit)(const struct scan *s, const struct op *op,
			    const struct api_function *api, uint64_t bits,
			    void *data),
	      void *data)
{
	struct visitor v = { s, op, api, visit, data };
	struct value value = scan_arg(s, op, api->gfp);
	uint32_t place = scan_only_place(s, value);

	if (place == NO_PLACE)
		each_arm(&v, value, false);
	else if (scan_place(s, place)->kind == PLACE_LOCAL)
		each_assigned(&v, place);
}

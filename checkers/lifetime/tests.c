// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a test says of the mapping, and of what else decides where a path goes:
 * the signs of numbers and pointers, conditions that are asked again.
 */
#include "lifetime/internal.h"

static int scalar_of(const struct life_walk *w, uint32_t place)
{
	uint32_t i;

	for (i = 0; i < w->nr_scalars; i++)
		if (w->scalars[i] == place)
			return (int)i;
	return -1;
}

static void add_scalar(struct life_walk *w, uint32_t place)
{
	const struct place *p = view_place(&w->f->v, place);

	if ((p->kind != PLACE_LOCAL && p->kind != PLACE_PARAM) ||
	    w->nr_scalars == MAX_SCALARS || scalar_of(w, place) >= 0)
		return;
	w->scalars[w->nr_scalars++] = place;
}

void life_prepare_tests(struct life_walk *w)
{
	const struct life_function *f = w->f;
	uint32_t i, place;

	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);

		if (op->kind == OP_RETURN) {
			place = view_only_place(&f->v, op->value);
			if (place != NO_PLACE)
				add_scalar(w, place);
		}
	}
	for (i = 0; i < f->v.fn->nr_blocks; i++) {
		const struct block *b = life_block(f, i);

		if (b->next[1] == NO_BLOCK)
			continue;
		if (b->test != NO_OP) {
			place = view_only_place(&f->v, view_op(&f->v, b->test)->value);
			if (place != NO_PLACE)
				add_scalar(w, place);
		}
	}
	for (i = 0; i < f->v.fn->nr_places; i++) {
		const struct place *p = view_place(&f->v, i);

		if (p->kind == PLACE_RETURN)
			w->returns_pointer = p->is_pointer;
	}
}

static uint8_t sign_of(uint64_t bits)
{
	/*
	 * -EINPROGRESS, -EIOCBQUEUED and, of a queue that is full, -EBUSY: it
	 * has begun or will, that is no failure.
	 */
	if ((int32_t)bits == -115 || (int32_t)bits == -529 ||
	    (int32_t)bits == -16)
		return SIGN_POSITIVE;
	/* An int that was widened, and one that was not. */
	if (!bits)
		return SIGN_ZERO;
	if (bits >> 63 || (bits >> 31 == 1 && bits >> 12 == 0xfffff))
		return SIGN_NEGATIVE;
	return SIGN_POSITIVE;
}

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

static uint8_t call_signs(const struct life_walk *w, uint32_t call)
{
	static const char *const errors[] = { "PTR_ERR", "ERR_PTR",
		"ERR_CAST", "dev_err_probe", "dev_err_cast_probe", NULL };
	static const char *const times[] = { "wait_for_completion_timeout",
		"wait_for_completion_io_timeout", NULL };
	const char *name = life_callee_name(w->f, view_op(&w->f->v, call));

	if (is_one_of(name, times))
		return SIGN_ZERO | SIGN_POSITIVE;
	return is_one_of(name, errors) ? SIGN_NEGATIVE : SIGN_ANY;
}

uint8_t life_signs(const struct life_walk *w, const struct life_path *p,
		   struct value value)
{
	uint8_t signs = 0;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&w->f->v, value, i);
		int scalar;

		/* Or-ed or computed with. */
		if (t->alt == ALT_ALL && value.nr > 1)
			return SIGN_ANY;
		if (t->kind == TERM_BITS) {
			signs |= sign_of(t->bits);
			continue;
		}
		if (t->kind != TERM_PLACE)
			return SIGN_ANY;
		scalar = scalar_of(w, t->place);
		if (scalar >= 0)
			signs |= p->signs[scalar];
		else if (view_place(&w->f->v, t->place)->kind == PLACE_CALL)
			signs |= call_signs(w, view_place(&w->f->v,
							  t->place)->number);
		else
			return SIGN_ANY;
	}
	return signs ? signs : SIGN_ANY;
}

void life_forget(struct life_walk *w, struct life_path *p, uint32_t place)
{
	int scalar = scalar_of(w, place);
	uint32_t i, j;

	if (scalar >= 0)
		p->signs[scalar] = SIGN_ANY;
	for (i = 0; i < w->f->v.fn->nr_blocks; i++) {
		const struct block *b = life_block(w->f, i);

		if (b->test == NO_OP || !life_knows_condition(w, p, i))
			continue;
		for (j = 0; j <= view_op(&w->f->v, b->test)->nr_args; j++) {
			const struct op *op = view_op(&w->f->v, b->test);
			struct value v = j ? view_arg(&w->f->v, op, (int)j - 1) :
					 op->value;

			if (view_has_place(&w->f->v, v, place))
				life_forget_condition(w, p, i);
		}
	}
}

void life_forget_loop(struct life_walk *w, struct life_path *p, uint32_t from,
		      uint32_t to)
{
	uint32_t i;

	for (i = from; i <= to; i++) {
		const struct block *b = life_block(w->f, i);

		if (b->next[1] == NO_BLOCK)
			continue;
		life_forget_condition(w, p, i);
		if (i == from && b->test != NO_OP) {
			const struct op *op = view_op(&w->f->v, b->test);
			uint32_t place = view_only_place(&w->f->v, op->value);
			int scalar = place == NO_PLACE ? -1 :
				     scalar_of(w, place);

			/* i++ is no assignment. */
			if (scalar >= 0)
				p->signs[scalar] = SIGN_ANY;
		}
	}
}

/* What a test compares, the other way round where a constant comes first. */
struct comparison {
	uint32_t place;		/* or NO_PLACE */
	uint8_t kind;		/* enum test_kind */
	struct value with;
};

static struct comparison read_test(const struct life_walk *w,
				   const struct op *test)
{
	static const uint8_t mirrored[] = {
		[TEST_LT] = TEST_GT, [TEST_LE] = TEST_GE, [TEST_GT] = TEST_LT,
		[TEST_GE] = TEST_LE, [TEST_EQ] = TEST_EQ, [TEST_NE] = TEST_NE,
	};
	struct comparison c = {
		view_only_place(&w->f->v, test->value), test->flags,
		view_arg(&w->f->v, test, 0),
	};

	if (c.place == NO_PLACE && c.kind >= TEST_LT && c.kind <= TEST_NE) {
		c.place = view_only_place(&w->f->v, c.with);
		c.kind = mirrored[c.kind];
		c.with = test->value;
	}
	return c;
}

/* What dma_map_sg() makes of a single entry is 0 or 1. */
static bool maps_one_entry(const struct life_walk *w)
{
	const struct op *op = view_op(&w->f->v, w->life->op);
	uint64_t nr;

	return w->life->kind == LIFE_TABLE &&
	       view_constant(&w->f->v, view_arg(&w->f->v, op, 2), &nr) &&
	       nr == 1;
}

/* "< 1" is "<= 0"; of one entry, "!= 1" is "== 0". */
static struct comparison compare_with_zero(const struct life_walk *w,
					   struct comparison c, bool counts,
					   bool *truth)
{
	uint64_t bits;

	if (!c.with.nr || !view_constant(&w->f->v, c.with, &bits) ||
	    bits != 1 || !counts || !maps_one_entry(w))
		return c;
	if (c.kind == TEST_NE || c.kind == TEST_LT)
		*truth = !*truth;
	if (c.kind != TEST_LE && c.kind != TEST_GT)
		c.kind = TEST_TRUE;
	return c;
}

/* The signs of what is tested where the test comes out as `truth`. */
static uint8_t tested_signs(const struct life_walk *w,
			    const struct life_path *p,
			    const struct comparison *test, bool truth)
{
	uint8_t other, yes;

	if (test->kind == TEST_TRUE || test->kind == TEST_FALSE)
		return truth ? SIGN_NEGATIVE | SIGN_POSITIVE : SIGN_ZERO;
	if (test->kind == TEST_AND)
		return truth ? SIGN_NEGATIVE | SIGN_POSITIVE : SIGN_ANY;
	other = life_signs(w, p, test->with);
	switch (test->kind) {
	case TEST_LT:
		yes = other == SIGN_ZERO ? SIGN_NEGATIVE : SIGN_ANY;
		if (!truth && other == SIGN_ZERO)
			return SIGN_ZERO | SIGN_POSITIVE;
		if (!truth && other == SIGN_POSITIVE)
			return SIGN_POSITIVE;
		return truth ? yes : SIGN_ANY;
	case TEST_LE:
		if (other != SIGN_ZERO)
			return SIGN_ANY;
		return truth ? SIGN_NEGATIVE | SIGN_ZERO : SIGN_POSITIVE;
	case TEST_GT:
		if (truth && !(other & SIGN_NEGATIVE))
			return SIGN_POSITIVE;
		return !truth && other == SIGN_ZERO ?
			SIGN_NEGATIVE | SIGN_ZERO : SIGN_ANY;
	case TEST_GE:
		if (truth && !(other & SIGN_NEGATIVE))
			return other & SIGN_ZERO ? SIGN_ZERO | SIGN_POSITIVE :
				SIGN_POSITIVE;
		return !truth && other == SIGN_ZERO ? SIGN_NEGATIVE : SIGN_ANY;
	case TEST_EQ:
		if (truth)
			return other;
		return other == SIGN_ZERO ? SIGN_NEGATIVE | SIGN_POSITIVE :
			SIGN_ANY;
	default:
		if (!truth)
			return other;
		return other == SIGN_ZERO ? SIGN_NEGATIVE | SIGN_POSITIVE :
			SIGN_ANY;
	}
}

/* Whether a test compares with DMA_MAPPING_ERROR. */
static bool is_error_compare(const struct life_walk *w,
			     const struct comparison *test)
{
	const struct term *t;

	if ((test->kind != TEST_EQ && test->kind != TEST_NE) ||
	    test->with.nr != 1)
		return false;
	t = view_term(&w->f->v, test->with, 0);
	return t->kind == TERM_BITS && t->bits == UINT64_MAX;
}

/* The mapping has (not) failed; false if that is known to be otherwise. */
static bool decide(struct life_path *p, bool failed)
{
	switch (p->state) {
	case LIFE_UNASKED:
		p->state = failed ? LIFE_FAILED : LIFE_GOOD;
		p->flags |= LIFE_ASKED;
		return true;
	case LIFE_GOOD:
		return !failed;
	case LIFE_FAILED:
		return failed;
	default:
		return true;
	}
}

/* Signs of the call's own result by which it says that it failed. */
static uint8_t failing_signs(const struct life *life)
{
	switch (life->kind) {
	case LIFE_TABLE:
	case LIFE_MEMORY:
		return SIGN_ZERO;
	case LIFE_SGTABLE:
		return SIGN_NEGATIVE | SIGN_POSITIVE;
	default:
		return 0;
	}
}

/* `place` says whether the mapping failed: by these signs, if any. */
static uint8_t verdict_of(const struct life_walk *w, const struct life_path *p,
			  uint32_t place)
{
	const struct life *life = w->life;

	if (p->state == LIFE_NONE || (p->flags & LIFE_OLDER))
		return 0;
	if (place == p->verdict || place == p->copy)
		return p->verdict_fails;
	if (view_op(&w->f->v, life->op)->dst == place)
		return failing_signs(life);
	if (life->kind == LIFE_MEMORY && life_named(p, place))
		return SIGN_ZERO;
	return 0;
}

/* An address that is there is not 0, whether it is good or DMA_MAPPING_ERROR. */
static bool is_address(const struct life_walk *w, const struct life_path *p,
		       uint32_t place)
{
	return w->life->kind == LIFE_ADDRESS && p->state != LIFE_NONE &&
	       !(p->flags & LIFE_OLDER) && life_named(p, place);
}

/* IS_ERR(x), IS_ERR_OR_NULL(x): a test of x. */
static bool take_is_err(struct life_walk *w, struct life_path *p,
			const struct op *call, bool truth)
{
	const char *name = life_callee_name(w->f, call);
	uint8_t signs = SIGN_NEGATIVE;
	uint32_t place;
	int scalar;

	if (!strcmp(name, "IS_ERR_OR_NULL"))
		signs |= SIGN_ZERO;
	else if (strcmp(name, "IS_ERR"))
		return true;
	place = view_only_place(&w->f->v, view_arg(&w->f->v, call, 0));
	scalar = place == NO_PLACE ? -1 : scalar_of(w, place);
	if (scalar < 0)
		return true;
	p->signs[scalar] &= truth ? signs : SIGN_ANY & ~signs;
	return p->signs[scalar] != 0;
}

/* Something else than the mapping that is followed has failed. */
static void note_failure(struct life_walk *w, struct life_path *p,
			 uint32_t place, bool truth)
{
	const struct place *pl = view_place(&w->f->v, place);
	const struct op *call;

	if (pl->kind != PLACE_CALL)
		return;
	call = view_op(&w->f->v, pl->number);
	if (life_api(w->l, w->f, call, API_CHECK) && truth)
		p->flags |= LIFE_FAILING;
}

/* How many entries there are, not whether: fewer than fit, as many as before. */
static void note_count(const struct life_walk *w, struct life_path *p,
		       const struct comparison *c, bool truth)
{
	uint64_t bits;

	if (c->kind == TEST_AND ||
	    (view_constant(&w->f->v, c->with, &bits) && !bits))
		return;
	p->flags &= (uint16_t)~(LIFE_COUNT_YES | LIFE_COUNT_NO);
	p->flags |= truth ? LIFE_COUNT_YES : LIFE_COUNT_NO;
}

static bool take_test(struct life_walk *w, struct life_path *p, uint32_t nr,
		      bool truth)
{
	struct comparison c = read_test(w, view_op(&w->f->v, nr));
	uint8_t signs, fails;
	int scalar;

	if (c.place == NO_PLACE)
		return true;
	if (is_error_compare(w, &c)) {
		bool failed = (c.kind == TEST_EQ) == truth;

		if (p->state != LIFE_NONE && life_named(p, c.place) &&
		    !(p->flags & LIFE_OLDER)) {
			if (failed)
				p->failed = nr;
			return decide(p, failed);
		}
		return true;
	}
	fails = verdict_of(w, p, c.place);
	c = compare_with_zero(w, c, fails == SIGN_ZERO, &truth);
	signs = tested_signs(w, p, &c, truth);
	/* dma_map_sg() returns no negative number, a pointer is none. */
	if (fails == SIGN_ZERO)
		signs &= SIGN_ANY & ~SIGN_NEGATIVE;
	if (!signs)
		return false;
	if (fails && !(signs & ~fails)) {
		p->failed = nr;
		if (!decide(p, true))
			return false;
	} else if (fails && !(signs & fails)) {
		if (!decide(p, false))
			return false;
	} else if (!fails) {
		note_failure(w, p, c.place, truth);
	}
	if (fails && w->life->kind == LIFE_TABLE && c.kind >= TEST_LT)
		note_count(w, p, &c, truth);
	if (is_address(w, p, c.place) && signs == SIGN_ZERO)
		return false;
	if (view_place(&w->f->v, c.place)->kind == PLACE_CALL &&
	    (c.kind == TEST_TRUE || c.kind == TEST_FALSE))
		return take_is_err(w, p, view_op(&w->f->v, view_place(&w->f->v,
						c.place)->number), truth);
	scalar = scalar_of(w, c.place);
	if (scalar < 0)
		return true;
	p->signs[scalar] &= signs;
	return p->signs[scalar] != 0;
}

bool life_knows(const struct life_walk *w, const struct life_path *p,
		uint32_t block)
{
	const struct block *b = life_block(w->f, block);
	uint32_t place;
	int scalar;

	if (life_knows_condition(w, p, block))
		return true;
	if (b->test == NO_OP)
		return false;
	place = read_test(w, view_op(&w->f->v, b->test)).place;
	if (place == NO_PLACE)
		return false;
	if (place == p->verdict || place == p->copy || life_named(p, place))
		return true;
	scalar = scalar_of(w, place);
	return scalar >= 0 && p->signs[scalar] != SIGN_ANY;
}

/*
 * Whether block `nr` allocates and then tests a member of which nothing is known
 * but its text: that is what the memory has been put into.
 */
static bool tests_what_it_allocates(const struct life_walk *w, uint32_t nr)
{
	const struct block *b = life_block(w->f, nr);
	const char *text = view_str(&w->f->v, b->text);

	return b->test == NO_OP && w->life->op >= b->first_op &&
	       nr + 1 < w->f->v.fn->nr_blocks &&
	       w->life->op < life_block(w->f, nr + 1)->first_op &&
	       strpbrk(text, ".>") && !strpbrk(text, " (=!<&|+*");
}

bool life_take_edge(struct life_walk *w, struct life_path *p, uint32_t block,
		    bool truth)
{
	const struct block *b = life_block(w->f, block);

	if (!life_take_condition(w, p, block, truth))
		return false;
	/* A member of a [barrier] struct is known by its text alone. */
	if (w->life->kind == LIFE_MEMORY && p->state != LIFE_NONE &&
	    !(p->flags & LIFE_OLDER) &&
	    (life_has_text(w, p, view_str(&w->f->v, b->text)) ||
	     tests_what_it_allocates(w, block)) && !decide(p, !truth))
		return false;
	return b->test == NO_OP || take_test(w, p, b->test, truth);
}

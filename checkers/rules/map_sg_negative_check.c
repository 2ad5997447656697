// SPDX-License-Identifier: GPL-2.0-only
/* Follows the result of each dma_map_sg(), through helpers, to its tests. */
#include "rules/common/scan.h"

#include "lib/alloc.h"

static const char *const names[] = { "dma_map_sg_attrs", "dma_map_sg",
	"dma_map_sgtable", "ib_dma_map_sg", "ib_dma_map_sg_attrs",
	"ib_dma_map_sgtable_attrs", NULL };

/* Functions that return the result of dma_map_sg(), for the next pass. */
struct sg_wrappers {
	struct intern_pool counts;	/* keys of those that return a count */
	bool grown;
};

/* The tests of one result. */
struct sg_tests {
	uint32_t negative;	/* the op that tests for < 0, or NO_OP */
	bool zero;		/* a test distinguishes 0 from success */
};
#define NO_OP UINT32_MAX

static bool is_negative(uint64_t bits)
{
	return bits >> 63 || (bits >> 31 && bits <= UINT32_MAX);
}

static void classify_sg_test(const struct scan *s, uint32_t test, void *data)
{
	const struct op *op = view_op(&s->v, test);
	struct sg_tests *t = data;
	uint64_t bits;

	switch (op->flags) {
	case TEST_LT:
	case TEST_GE:
		/* n < 0, IS_ERR_VALUE(n); n < 1 and n < nents catch 0. */
		if (view_constant(&s->v, view_arg(&s->v, op, 0), &bits) &&
		    (!bits || is_negative(bits)))
			t->negative = test;
		else
			t->zero = true;
		break;
	case TEST_GT:
	case TEST_LE:
		/* 0 > n is n < 0. */
		if (view_constant(&s->v, op->value, &bits) && !bits)
			t->negative = test;
		else
			t->zero = true;
		break;
	default:
		t->zero = true;
	}
}

/* Whether the function returns the count itself, or 0. */
static bool returns_count(const struct scan *s,
			  const struct sg_wrappers *w)
{
	bool any = false;
	uint32_t i, j, k;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind != OP_RETURN)
			continue;
		for (j = 0; j < op->value.nr; j++) {
			const struct term *t = view_term(&s->v, op->value, j);
			const struct place *p;

			if (t->kind == TERM_BITS && !t->bits)
				continue;
			if (t->kind != TERM_PLACE)
				return false;
			p = view_place(&s->v, t->place);
			if (p->kind != PLACE_CALL)
				return false;
			k = p->number;
			if (!intern_has(&w->counts,
					scan_callee_key(s, view_op(&s->v, k))))
				return false;
			any = true;
		}
	}
	return any;
}

static void find_sg_wrapper(const struct scan *s, void *data)
{
	struct sg_wrappers *w = data;
	const char *name = view_str(&s->v, s->v.fn->key);

	if (s->v.fn->flags & FUNCTION_FILE ||
	    intern_has(&w->counts, name) ||
	    !returns_count(s, w))
		return;
	intern(&w->counts, name);
	w->grown = true;
}

static void report_sg_test(const struct scan *s, const struct op *call,
			   uint32_t test, const char *message)
{
	struct location loc = view_location(&s->v, call);

	finding_step(scan_report(s, view_op(&s->v, test), "%s", message), &loc,
		     "the result comes from %s()", view_str(&s->v, call->spelling));
}

static void check_sg_negative(const struct scan *s, const struct op *call)
{
	struct sg_tests t = { NO_OP, false };
	char *text;

	scan_each_test(s, scan_number(s, call), classify_sg_test, &t);
	if (t.negative == NO_OP || t.zero)
		return;
	text = xstrfmt("%s() returns 0 on failure, never a negative number",
		       view_str(&s->v, call->spelling));
	report_sg_test(s, call, t.negative, text);
	free(text);
}

/* Whether the branch of the test is an error path: it contains a -Exxx. */
static bool sg_test_gives_up(const struct scan *s, uint32_t test)
{
	const struct op *op = view_op(&s->v, test);
	const struct branch *branches = view_branches(&s->v);
	uint32_t i, then = NO_OP;
	uint64_t bits;

	for (i = 0; i < s->v.fn->nr_branches; i++)
		if (branches[i].kind == BRANCH_THEN &&
		    branches[i].parent == op->branch &&
		    branches[i].offset > op->offset &&
		    (then == NO_OP ||
		     branches[i].offset < branches[then].offset))
			then = i;
	if (then == NO_OP || !branches[then].leaves)
		return false;
	for (i = test + 1; i < s->v.fn->nr_ops; i++) {
		op = view_op(&s->v, i);
		if (op->branch == then &&
		    (op->kind == OP_RETURN || op->kind == OP_ASSIGN) &&
		    view_constant(&s->v, op->value, &bits) && is_negative(bits))
			return true;
	}
	return false;
}

struct sg_sense {
	const struct op *call;
	uint32_t wrong;		/* the kind of test that is inverted */
	const char *message;
};

/* if (dma_map_sg(...)) and if (!dma_map_sgtable(...)) with an error path. */
static void check_sg_sense(const struct scan *s, uint32_t test, void *data)
{
	const struct sg_sense *sense = data;
	const struct op *op = view_op(&s->v, test);

	if (op->flags == sense->wrong && sg_test_gives_up(s, test))
		report_sg_test(s, sense->call, test, sense->message);
}

static void check_sg_result(const struct scan *s, const struct op *op,
			    void *data)
{
	const struct sg_wrappers *w = data;
	struct sg_sense count = { op, TEST_TRUE,
		"success is treated as failure: dma_map_sg() returns the number of mapped entries, and 0 on failure" };
	struct sg_sense error = { op, TEST_FALSE,
		"success is treated as failure: dma_map_sgtable() returns 0 on success" };
	const char *key = scan_callee_key(s, op);

	if (!strcmp(key, "dma_map_sgtable")) {
		scan_each_test(s, scan_number(s, op), check_sg_sense, &error);
	} else if (*key && intern_has(&w->counts, key)) {
		check_sg_negative(s, op);
		scan_each_test(s, scan_number(s, op), check_sg_sense, &count);
	}
}

static void check_map_sg_negative_check(struct rule_run *run)
{
	struct sg_wrappers w = { .counts = INTERN_POOL_INIT };

	intern(&w.counts, "dma_map_sg_attrs");
	do {
		w.grown = false;
		scan_each_with_helpers(run, find_sg_wrapper, &w);
	} while (w.grown);
	scan_each_op(run, check_sg_result, &w);
	intern_release(&w.counts);
}

const struct rule map_sg_negative_check_rule = {
	.id = "map-sg-negative-check",
	.level = LEVEL_ERROR,
	.summary = "a failed dma_map_sg() is treated as success",
	.explanation =
"dma_map_sg() returns the number of mapped entries, and 0 for any error: no\n"
"space in the IOMMU, no SWIOTLB slot, or a refusal because of\n"
"DMA_ATTR_REQUIRE_COHERENT. It never returns a negative number. A test for `n\n"
"< 0` is never true, and the driver goes on with undefined DMA addresses.\n"
"dma_map_sgtable() is the function that returns an errno; a test that mixes\n"
"up the two is inverted.\n"
"\n"
"A test for `n <= 0` is right, and so is any other that tells 0 from success,\n"
"such as a comparison with the number of entries.\n"
"\n"
"Write `if (!n)`. If the branch returns n, return -EIO or -ENOMEM instead, as\n"
"0 would now mean success.\n"
"\n"
"See kernel/dma/mapping.c, the kernel-doc of dma_map_sg_attrs() and\n"
"dma_map_sgtable(), and Documentation/core-api/dma-api.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.fixable = true,
	.check = check_map_sg_negative_check,
};

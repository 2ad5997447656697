// SPDX-License-Identifier: GPL-2.0-only
/* What is tested: comparisons, negations, conditions. */
#include "facts/extract/internal.h"
#include "lib/alloc.h"

/* An attribute by its name is worth a test: attrs && DMA_ATTR_X is a mistake. */
static bool is_attribute(const struct extractor *x, const struct term *t)
{
	return t->kind == TERM_BITS && t->name != NO_NAME &&
	       !strncmp(facts_str(x->set, t->name), "DMA_ATTR_", 9);
}

static bool is_testable(const struct extractor *x, struct val val)
{
	uint32_t i;

	for (i = 0; i < val.nr; i++) {
		const struct term *t = &x->scratch[val.first + i];

		if (t->kind == TERM_PLACE || is_attribute(x, t))
			return true;
	}
	return false;
}

void extract_test(struct extractor *x, enum test_kind kind, struct val a,
		  const struct val *b, CXCursor at)
{
	struct fact_set *set = x->set;
	struct value value, other = { 0, 0 };
	struct op *op;

	if (!is_testable(x, a) && !(b && is_testable(x, *b)))
		return;
	value = extract_keep(x, a);
	if (b)
		other = extract_keep(x, *b);
	op = extract_op(x, OP_TEST, at);
	op->flags = (uint8_t)kind;
	op->value = value;
	if (!b)
		return;
	op->nr_args = 1;
	op->first_arg = set->nr_args - x->fn.first_arg;
	ALLOC_GROW(set->args, set->nr_args + 1, set->alloc_args);
	set->args[set->nr_args++] = other;
}

static bool comparison(enum CXBinaryOperatorKind op, enum test_kind *kind)
{
	switch (op) {
	case CXBinaryOperator_LT: *kind = TEST_LT; return true;
	case CXBinaryOperator_LE: *kind = TEST_LE; return true;
	case CXBinaryOperator_GT: *kind = TEST_GT; return true;
	case CXBinaryOperator_GE: *kind = TEST_GE; return true;
	case CXBinaryOperator_EQ: *kind = TEST_EQ; return true;
	case CXBinaryOperator_NE: *kind = TEST_NE; return true;
	default: return false;
	}
}

static CXCursor inner(struct extractor *x, CXCursor c)
{
	for (;;) {
		enum CXCursorKind kind = clang_getCursorKind(c);
		size_t first, nr;
		CXCursor child;

		if (kind != CXCursor_ParenExpr &&
		    kind != CXCursor_UnexposedExpr)
			return c;
		nr = extract_children(x, c, &first);
		child = nr ? x->stack[first] : c;
		extract_pop(x, first);
		if (nr != 1)
			return c;
		c = child;
	}
}

static bool is_mask(CXCursor c)
{
	return clang_getCursorKind(c) == CXCursor_BinaryOperator &&
	       clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_And;
}

static void masked(struct extractor *x, CXCursor expr)
{
	size_t first, nr = extract_children(x, expr, &first);

	if (nr == 2) {
		struct val a = extract_expr(x, x->stack[first]);
		struct val b = extract_expr(x, x->stack[first + 1]);

		extract_test(x, TEST_AND, a, &b, expr);
	}
	extract_pop(x, first);
}

void extract_comparison(struct extractor *x, CXCursor expr, CXCursor left,
			CXCursor right)
{
	enum test_kind kind = TEST_TRUE;
	struct val a, b;

	if (!comparison(clang_getCursorBinaryOperatorKind(expr), &kind)) {
		/* && and || ask for the truth of either side. */
		extract_condition(x, left);
		extract_condition(x, right);
		return;
	}
	/* (a & B) == B, != 0 ask for the bit, as a & B does. */
	if ((kind == TEST_EQ || kind == TEST_NE) && is_mask(inner(x, left))) {
		masked(x, inner(x, left));
		extract_expr(x, right);
		return;
	}
	a = extract_expr(x, left);
	b = extract_expr(x, right);
	extract_test(x, kind, a, &b, expr);
}

void extract_condition(struct extractor *x, CXCursor expr)
{
	CXCursor c = inner(x, expr);
	enum CXCursorKind kind = clang_getCursorKind(c);
	enum test_kind ignored;

	if (!clang_isExpression(kind)) {
		extract_stmt(x, c);
		return;
	}
	if (kind == CXCursor_BinaryOperator) {
		enum CXBinaryOperatorKind op =
			clang_getCursorBinaryOperatorKind(c);

		if (op == CXBinaryOperator_And) {
			masked(x, c);
			return;
		}
		if (op == CXBinaryOperator_LAnd ||
		    op == CXBinaryOperator_LOr || comparison(op, &ignored)) {
			extract_expr(x, c);
			return;
		}
	}
	if (kind == CXCursor_UnaryOperator &&
	    clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_LNot)
		extract_expr(x, c);
	else
		extract_test(x, TEST_TRUE, extract_expr(x, expr), NULL, c);
}

struct val extract_negation(struct extractor *x, CXCursor child)
{
	CXCursor c = inner(x, child);

	/* !(a & B) asks for the bit, as a & B does. */
	if (clang_getCursorKind(c) == CXCursor_BinaryOperator) {
		extract_condition(x, c);
	} else {
		struct val val = extract_expr(x, child);

		extract_test(x, TEST_FALSE, val, NULL, c);
	}
	return (struct val){ x->nr_scratch, 0 };
}

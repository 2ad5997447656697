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

CXCursor extract_inner(struct extractor *x, CXCursor c)
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

/* && and || ask for the truth of either side. */
static struct forks logical(struct extractor *x, CXCursor expr, CXCursor left,
			    CXCursor right)
{
	bool both = clang_getCursorBinaryOperatorKind(expr) ==
		    CXBinaryOperator_LAnd;
	struct forks a = extract_branching(x, left), b;

	extract_join_flow(x, both ? a.yes : a.no);
	b = extract_branching(x, right);
	if (both)
		b.no = extract_chain(x, a.no, b.no);
	else
		b.yes = extract_chain(x, a.yes, b.yes);
	return b;
}

void extract_comparison(struct extractor *x, CXCursor expr, CXCursor left,
			CXCursor right)
{
	enum test_kind kind = TEST_TRUE;
	struct val a, b;

	if (!comparison(clang_getCursorBinaryOperatorKind(expr), &kind)) {
		struct forks f = logical(x, expr, left, right);

		extract_join_flow(x, extract_chain(x, f.yes, f.no));
		return;
	}
	/* (a & B) == B, != 0 ask for the bit, as a & B does. */
	if ((kind == TEST_EQ || kind == TEST_NE) && is_mask(extract_inner(x, left))) {
		masked(x, extract_inner(x, left));
		extract_expr(x, right);
		return;
	}
	a = extract_expr(x, left);
	b = extract_expr(x, right);
	extract_test(x, kind, a, &b, expr);
}

void extract_tested(struct extractor *x, CXCursor expr)
{
	CXCursor c = extract_inner(x, expr);
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

static bool is_logical(CXCursor c)
{
	enum CXBinaryOperatorKind op = CXBinaryOperator_Invalid;

	if (clang_getCursorKind(c) == CXCursor_BinaryOperator)
		op = clang_getCursorBinaryOperatorKind(c);
	return op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr;
}

struct val extract_negation(struct extractor *x, CXCursor child)
{
	CXCursor c = extract_inner(x, child);

	/* !(a & B) asks for the bit, as a & B does. */
	if (is_logical(c)) {
		extract_condition(x, c);
	} else if (clang_getCursorKind(c) == CXCursor_BinaryOperator) {
		extract_tested(x, c);
	} else {
		struct val val = extract_expr(x, child);

		extract_test(x, TEST_FALSE, val, NULL, c);
	}
	return (struct val){ x->nr_scratch, 0 };
}

/* What `c` is known to be when it is compiled: do {} while (0). */
static bool is_constant(CXCursor c, bool *truth)
{
	CXCursor decl = clang_getCursorReferenced(c);
	CXEvalResult r;
	bool known;

	if (clang_getCursorKind(decl) == CXCursor_EnumConstantDecl) {
		*truth = clang_getEnumConstantDeclValue(decl);
		return true;
	}
	if (clang_getCursorKind(c) != CXCursor_IntegerLiteral)
		return false;
	r = clang_Cursor_Evaluate(c);
	known = r && clang_EvalResult_getKind(r) == CXEval_Int;
	if (known)
		*truth = clang_EvalResult_getAsLongLong(r);
	if (r)
		clang_EvalResult_dispose(r);
	return known;
}

/* Whether the truth of `c` is not that of the test that was made for it. */
static bool tests_mask(struct extractor *x, CXCursor c)
{
	enum test_kind ignored;
	size_t first, nr;
	bool yes = false;

	if (clang_getCursorKind(c) != CXCursor_BinaryOperator ||
	    !comparison(clang_getCursorBinaryOperatorKind(c), &ignored))
		return false;
	nr = extract_children(x, c, &first);
	if (nr)
		yes = is_mask(extract_inner(x, x->stack[first]));
	extract_pop(x, first);
	return yes;
}

/* And not of something within it. */
static bool is_test_at(const struct op *op, CXCursor c)
{
	unsigned int offset;

	clang_getFileLocation(clang_getCursorLocation(c), NULL, NULL, NULL,
			      &offset);
	return op->kind == OP_TEST && op->offset == offset;
}

/* What is neither && nor || nor !: a block ends with it. */
static struct forks leaf(struct extractor *x, CXCursor expr, bool negated)
{
	CXCursor c = extract_inner(x, expr);
	struct forks f = { NO_EDGES, NO_EDGES };
	uint32_t before = x->set->nr_ops, test = NO_OP;
	bool truth = false;

	if (negated)
		extract_negation(x, expr);
	else
		extract_tested(x, expr);
	if (is_constant(c, &truth)) {
		*(truth ? &f.yes : &f.no) = extract_leave(x);
		return f;
	}
	if (x->set->nr_ops > before && !tests_mask(x, c) &&
	    is_test_at(&x->set->ops[x->set->nr_ops - 1], c))
		test = x->set->nr_ops - 1 - x->fn.first_op;
	if (clang_getCursorKind(c) == CXCursor_DeclRefExpr) {
		uint32_t known = extract_boolean(x,
						 clang_getCursorReferenced(c));

		test = known == NO_OP ? test : known;
	}
	return extract_fork(x, extract_condition_text(x, c), test);
}

static struct forks branching(struct extractor *x, CXCursor expr, bool negated);

/* ({ ...; x; }) asks for x. */
static struct forks branching_stmt_expr(struct extractor *x, CXCursor expr,
					bool negated)
{
	size_t outer, first, nr = extract_children(x, expr, &outer), i;
	struct forks f = { NO_EDGES, NO_EDGES };

	nr = nr ? extract_children(x, x->stack[outer], &first) : 0;
	for (i = 0; i + 1 < nr; i++)
		extract_stmt(x, x->stack[first + i]);
	if (nr && clang_isExpression(clang_getCursorKind(
			  x->stack[first + nr - 1]))) {
		f = branching(x, x->stack[first + nr - 1], negated);
	} else {
		if (nr)
			extract_stmt(x, x->stack[first + nr - 1]);
		f = extract_fork(x, extract_str(x, ""), NO_OP);
	}
	extract_pop(x, outer);
	return f;
}

static bool is_expect(CXCursor call)
{
	CXString name = clang_getCursorSpelling(call);
	bool yes = !strcmp(clang_getCString(name), "__builtin_expect");

	clang_disposeString(name);
	return yes;
}

/* The edges for `expr` itself, of which `negated` says that a ! is before it. */
static struct forks branching(struct extractor *x, CXCursor expr, bool negated)
{
	CXCursor c = extract_inner(x, expr);
	struct forks f = { NO_EDGES, NO_EDGES };
	size_t first, nr;

	switch (clang_getCursorKind(c)) {
	case CXCursor_BinaryOperator:
		if (!is_logical(c))
			break;
		nr = extract_children(x, c, &first);
		if (nr == 2)
			f = logical(x, c, x->stack[first],
				    x->stack[first + 1]);
		extract_pop(x, first);
		return f;
	case CXCursor_UnaryOperator:
		if (clang_getCursorUnaryOperatorKind(c) !=
		    CXUnaryOperator_LNot)
			break;
		nr = extract_children(x, c, &first);
		if (nr == 1) {
			struct forks g = branching(x, x->stack[first], true);

			f = (struct forks){ g.no, g.yes };
		}
		extract_pop(x, first);
		return f;
	case CXCursor_CallExpr:
		if (!is_expect(c))
			break;
		return branching(x, clang_Cursor_getArgument(c, 0), negated);
	case CXCursor_StmtExpr:
		return branching_stmt_expr(x, c, negated);
	default:
		break;
	}
	return leaf(x, expr, negated);
}

struct forks extract_branching(struct extractor *x, CXCursor expr)
{
	uint32_t scratch = x->nr_scratch;
	struct forks f = branching(x, expr, false);

	x->nr_scratch = scratch;
	return f;
}

void extract_condition(struct extractor *x, CXCursor expr)
{
	struct forks f = extract_branching(x, expr);

	extract_join_flow(x, extract_chain(x, f.yes, f.no));
}

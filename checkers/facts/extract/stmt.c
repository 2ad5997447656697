// SPDX-License-Identifier: GPL-2.0-only
#include "facts/extract/internal.h"

static bool leaves(struct extractor *x, CXCursor stmt)
{
	size_t first, nr;
	bool yes = false;

	switch (clang_getCursorKind(stmt)) {
	case CXCursor_ReturnStmt:
	case CXCursor_GotoStmt:
	case CXCursor_BreakStmt:
	case CXCursor_ContinueStmt:
		return true;
	case CXCursor_CompoundStmt:
		nr = extract_children(x, stmt, &first);
		if (nr)
			yes = leaves(x, x->stack[first + nr - 1]);
		extract_pop(x, first);
		return yes;
	default:
		return false;
	}
}

static void walk_branch(struct extractor *x, enum branch_kind kind,
			CXCursor stmt)
{
	uint32_t outer = x->branch;

	x->branch = extract_branch(x, kind, stmt);
	x->set->branches[x->fn.first_branch + x->branch].leaves =
		leaves(x, stmt);
	extract_stmt(x, stmt);
	x->branch = outer;
}

static void if_stmt(struct extractor *x, CXCursor stmt)
{
	size_t first, nr = extract_children(x, stmt, &first);

	if (nr > 0)
		extract_condition(x, x->stack[first]);
	if (nr > 1)
		walk_branch(x, BRANCH_THEN, x->stack[first + 1]);
	if (nr > 2)
		walk_branch(x, BRANCH_ELSE, x->stack[first + 2]);
	extract_pop(x, first);
}

/*
 * Parts of a for that are missing are not among its children: only one that
 * has all four tells which is the condition.
 */
static bool is_loop_condition(CXCursor stmt, size_t i, size_t nr)
{
	switch (clang_getCursorKind(stmt)) {
	case CXCursor_WhileStmt:
		return nr == 2 && i == 0;
	case CXCursor_DoStmt:
		return nr == 2 && i == 1;
	default:
		return nr == 4 && i == 1;
	}
}

/* An expression that may be one whose value is read. */
static void extract_read(struct extractor *x, CXCursor expr)
{
	uint32_t scratch = x->nr_scratch;

	if (!clang_isExpression(clang_getCursorKind(expr))) {
		extract_stmt(x, expr);
		return;
	}
	extract_expr(x, expr);
	x->nr_scratch = scratch;
}

/* What a loop tests and steps runs as often as its body does. */
static void loop_stmt(struct extractor *x, CXCursor stmt)
{
	size_t first, nr = extract_children(x, stmt, &first), i;
	uint32_t outer = x->branch;

	x->branch = extract_branch(x, BRANCH_LOOP, stmt);
	for (i = 0; i < nr; i++) {
		CXCursor c = x->stack[first + i];

		if (is_loop_condition(stmt, i, nr))
			extract_condition(x, c);
		else if (clang_getCursorKind(stmt) == CXCursor_ForStmt &&
			 nr < 4 && i + 1 < nr)
			extract_read(x, c);
		else
			extract_stmt(x, c);
	}
	extract_pop(x, first);
	x->branch = outer;
}

static void open_case(struct extractor *x, CXCursor label, uint32_t outer)
{
	size_t first, nr;

	x->branch = outer;
	x->branch = extract_branch(x, BRANCH_CASE, label);
	/* A case contains its first statement; "case a ... b" two values. */
	nr = extract_children(x, label, &first);
	if (nr) {
		CXCursor body = x->stack[first + nr - 1];

		while (clang_getCursorKind(body) == CXCursor_CaseStmt ||
		       clang_getCursorKind(body) == CXCursor_DefaultStmt) {
			size_t f, n = extract_children(x, body, &f);
			CXCursor inner = n ? x->stack[f + n - 1] : body;

			extract_pop(x, f);
			if (!n)
				break;
			body = inner;
		}
		extract_stmt(x, body);
	}
	extract_pop(x, first);
}

static void switch_body(struct extractor *x, CXCursor body)
{
	size_t first, nr = extract_children(x, body, &first), i;
	uint32_t outer = x->branch;

	for (i = 0; i < nr; i++) {
		CXCursor c = x->stack[first + i];
		enum CXCursorKind kind = clang_getCursorKind(c);

		if (kind == CXCursor_CaseStmt || kind == CXCursor_DefaultStmt)
			open_case(x, c, outer);
		else
			extract_stmt(x, c);
	}
	extract_pop(x, first);
	x->branch = outer;
}

static void switch_stmt(struct extractor *x, CXCursor stmt)
{
	size_t first, nr = extract_children(x, stmt, &first);

	if (nr > 0)
		extract_condition(x, x->stack[first]);
	if (nr > 1 && clang_getCursorKind(x->stack[first + nr - 1]) ==
			      CXCursor_CompoundStmt)
		switch_body(x, x->stack[first + nr - 1]);
	extract_pop(x, first);
}

static void return_stmt(struct extractor *x, CXCursor stmt)
{
	size_t first, nr = extract_children(x, stmt, &first);
	struct val val = { x->nr_scratch, 0 };
	struct op *op;

	if (nr)
		val = extract_expr(x, x->stack[first]);
	extract_pop(x, first);
	op = extract_op(x, OP_RETURN, stmt);
	op->value = extract_keep(x, val);
}

static void declare(struct extractor *x, CXCursor decl)
{
	CXCursor init;

	if (clang_getCursorKind(decl) != CXCursor_VarDecl)
		return;
	init = clang_Cursor_getVarDeclInitializer(decl);
	if (clang_Cursor_isNull(init))
		return;
	extract_init(x, extract_variable(x, decl), clang_getCursorType(decl),
		     init, false);
}

static void each_child(struct extractor *x, CXCursor stmt)
{
	size_t first, nr = extract_children(x, stmt, &first), i;

	for (i = 0; i < nr; i++)
		extract_stmt(x, x->stack[first + i]);
	extract_pop(x, first);
}

/* A call that is a statement: what it returns is read by nobody. */
static void expression_stmt(struct extractor *x, CXCursor expr)
{
	struct val val = extract_expr(x, expr);
	const struct term *t = &x->scratch[val.first];
	const struct place *p;

	if (clang_getCursorKind(expr) != CXCursor_CallExpr || val.nr != 1 ||
	    t->kind != TERM_PLACE)
		return;
	p = &x->set->places[x->fn.first_place + t->place];
	if (p->kind == PLACE_CALL)
		x->set->ops[x->fn.first_op + p->number].flags |= CALL_IGNORED;
}

static void goto_stmt(struct extractor *x, CXCursor stmt)
{
	size_t first, nr = extract_children(x, stmt, &first), i;
	struct op *op = extract_op(x, OP_JUMP, stmt);

	op->flags = JUMP_GOTO;
	for (i = 0; i < nr; i++)
		if (clang_getCursorKind(x->stack[first + i]) ==
		    CXCursor_LabelRef)
			op->spelling = extract_clang_str(x,
				clang_getCursorSpelling(x->stack[first + i]));
	extract_pop(x, first);
}

void extract_stmt(struct extractor *x, CXCursor stmt)
{
	uint32_t scratch = x->nr_scratch;
	enum CXCursorKind kind = clang_getCursorKind(stmt);
	size_t first, nr, i;
	struct op *op;

	switch (kind) {
	case CXCursor_IfStmt:
		if_stmt(x, stmt);
		break;
	case CXCursor_ForStmt:
	case CXCursor_WhileStmt:
	case CXCursor_DoStmt:
		loop_stmt(x, stmt);
		break;
	case CXCursor_SwitchStmt:
		switch_stmt(x, stmt);
		break;
	case CXCursor_ReturnStmt:
		return_stmt(x, stmt);
		break;
	case CXCursor_DeclStmt:
		nr = extract_children(x, stmt, &first);
		for (i = 0; i < nr; i++)
			declare(x, x->stack[first + i]);
		extract_pop(x, first);
		break;
	case CXCursor_VarDecl:
		declare(x, stmt);
		break;
	case CXCursor_GotoStmt:
		goto_stmt(x, stmt);
		break;
	case CXCursor_LabelStmt:
		op = extract_op(x, OP_LABEL, stmt);
		op->spelling = extract_clang_str(x,
			clang_getCursorSpelling(stmt));
		each_child(x, stmt);
		break;
	case CXCursor_BreakStmt:
		extract_op(x, OP_JUMP, stmt)->flags = JUMP_BREAK;
		break;
	case CXCursor_ContinueStmt:
		extract_op(x, OP_JUMP, stmt)->flags = JUMP_CONTINUE;
		break;
	case CXCursor_GCCAsmStmt:
	case CXCursor_NullStmt:
		break;
	default:
		if (clang_isExpression(kind))
			expression_stmt(x, stmt);
		else if (clang_isStatement(kind))
			each_child(x, stmt);
	}
	x->nr_scratch = scratch;
}

struct val extract_stmt_expr(struct extractor *x, CXCursor expr)
{
	struct val val = { x->nr_scratch, 0 };
	size_t outer, first, nr = extract_children(x, expr, &outer), i;

	if (!nr) {
		extract_pop(x, outer);
		return val;
	}
	nr = extract_children(x, x->stack[outer], &first);
	for (i = 0; i < nr; i++) {
		CXCursor c = x->stack[first + i];

		if (i + 1 == nr && clang_isExpression(clang_getCursorKind(c)))
			val = extract_expr(x, c);
		else
			extract_stmt(x, c);
	}
	extract_pop(x, outer);
	return val;
}

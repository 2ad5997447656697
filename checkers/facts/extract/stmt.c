// SPDX-License-Identifier: GPL-2.0-only
/* Extracts statements: branches, loops, jumps, returns and declarations. */
#include "facts/extract/internal.h"
#include "lib/alloc.h"
#include "lib/diag.h"

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
	struct forks f = { NO_EDGES, NO_EDGES };
	uint32_t out = NO_EDGES;

	if (nr > 0)
		f = extract_branching(x, x->stack[first]);
	extract_join_flow(x, f.yes);
	if (nr > 1)
		walk_branch(x, BRANCH_THEN, x->stack[first + 1]);
	if (nr > 2) {
		out = extract_leave(x);
		extract_join_flow(x, f.no);
		walk_branch(x, BRANCH_ELSE, x->stack[first + 2]);
		f.no = NO_EDGES;
	}
	extract_join_flow(x, extract_chain(x, out, f.no));
	extract_pop(x, first);
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

/* Where break and continue lead, innermost first; what a switch is at. */
struct jumps {
	struct jumps *outer;
	bool is_loop;
	uint32_t breaks, continues;
	/* A switch: the edge to the next case, the default, its text. */
	uint32_t others, otherwise;
	CXCursor of;
};

static struct jumps begin_jumps(struct extractor *x, bool is_loop)
{
	return (struct jumps){
		.outer = x->jumps, .is_loop = is_loop, .breaks = NO_EDGES,
		.continues = NO_EDGES, .others = NO_EDGES,
		.otherwise = NO_BLOCK,
	};
}

static void jump_out(struct extractor *x, bool is_break)
{
	struct jumps *j = x->jumps;
	uint32_t edges = extract_leave(x);

	while (j && !is_break && !j->is_loop)
		j = j->outer;
	if (!j)
		return;
	if (is_break)
		j->breaks = extract_chain(x, edges, j->breaks);
	else
		j->continues = extract_chain(x, edges, j->continues);
}

/* Whether a part of a for that lacks one is its condition. */
static bool may_be_condition(CXCursor c)
{
	enum CXUnaryOperatorKind op;

	switch (clang_getCursorKind(c)) {
	case CXCursor_BinaryOperator:
		return clang_getCursorBinaryOperatorKind(c) !=
			       CXBinaryOperator_Assign &&
		       clang_getCursorBinaryOperatorKind(c) !=
			       CXBinaryOperator_Comma;
	case CXCursor_UnaryOperator:
		op = clang_getCursorUnaryOperatorKind(c);
		return op == CXUnaryOperator_LNot ||
		       op == CXUnaryOperator_Deref;
	case CXCursor_CompoundAssignOperator:
		return false;
	default:
		return clang_isExpression(clang_getCursorKind(c));
	}
}

/* The parts of a loop among its children; -1: it has none. */
struct loop_parts {
	int init, condition, step, body;
	bool sure;	/* that it is the condition */
};

static struct loop_parts loop_parts(struct extractor *x, CXCursor stmt,
				    size_t first, size_t nr)
{
	struct loop_parts p = { -1, -1, -1, (int)nr - 1, true };
	size_t i;

	switch (clang_getCursorKind(stmt)) {
	case CXCursor_WhileStmt:
		p.condition = 0;
		p.sure = nr == 2;
		return p;
	case CXCursor_DoStmt:
		p.body = 0;
		p.condition = nr == 2 ? 1 : -1;
		return p;
	default:
		break;
	}
	if (nr == 4)
		return (struct loop_parts){ 0, 1, 2, 3, true };
	p.sure = false;
	for (i = 0; i + 1 < nr; i++) {
		CXCursor c = x->stack[first + i];

		if (p.condition < 0 && may_be_condition(c))
			p.condition = (int)i;
		else if (p.condition < 0 && p.init < 0 && nr > 2)
			p.init = (int)i;
		else
			p.step = (int)i;
	}
	return p;
}

static struct forks loop_condition(struct extractor *x, size_t first,
				   const struct loop_parts *p)
{
	struct forks f = { NO_EDGES, NO_EDGES };

	if (p->condition < 0) {
		f.yes = extract_leave(x);
		return f;
	}
	if (p->sure)
		return extract_branching(x, x->stack[first +
						     (size_t)p->condition]);
	extract_read(x, x->stack[first + (size_t)p->condition]);
	return extract_fork(x, extract_condition_text(x,
				x->stack[first + (size_t)p->condition]),
			    NO_OP);
}

static void do_loop(struct extractor *x, size_t first,
		    const struct loop_parts *p)
{
	struct jumps jumps = begin_jumps(x, true);
	uint32_t head = extract_target(x, NO_EDGES);
	struct forks f;

	x->jumps = &jumps;
	extract_stmt(x, x->stack[first]);
	x->jumps = jumps.outer;
	extract_join_flow(x, jumps.continues);
	f = loop_condition(x, first, p);
	extract_patch(x, f.yes, head);
	extract_join_flow(x, extract_chain(x, f.no, jumps.breaks));
}

/* What is stepped stands before the body, and runs after it. */
static void head_loop(struct extractor *x, size_t first,
		      const struct loop_parts *p)
{
	struct jumps jumps = begin_jumps(x, true);
	uint32_t head, again;
	struct forks f;

	if (p->init >= 0 && p->sure)
		extract_stmt(x, x->stack[first + (size_t)p->init]);
	else if (p->init >= 0)
		extract_read(x, x->stack[first + (size_t)p->init]);
	head = again = extract_target(x, NO_EDGES);
	f = loop_condition(x, first, p);
	if (p->step >= 0) {
		again = extract_block(x);
		if (p->sure)
			extract_stmt(x, x->stack[first + (size_t)p->step]);
		else
			extract_read(x, x->stack[first + (size_t)p->step]);
		extract_patch(x, extract_leave(x), head);
	}
	extract_join_flow(x, f.yes);
	x->jumps = &jumps;
	extract_stmt(x, x->stack[first + (size_t)p->body]);
	x->jumps = jumps.outer;
	extract_patch(x, extract_chain(x, extract_leave(x), jumps.continues),
		      again);
	extract_join_flow(x, extract_chain(x, f.no, jumps.breaks));
}

/* What a loop tests and steps runs as often as its body does. */
static void loop_stmt(struct extractor *x, CXCursor stmt)
{
	size_t first, nr = extract_children(x, stmt, &first);
	struct loop_parts p = loop_parts(x, stmt, first, nr);
	uint32_t outer = x->branch;

	x->branch = extract_branch(x, BRANCH_LOOP, stmt);
	if (!nr)
		;
	else if (clang_getCursorKind(stmt) == CXCursor_DoStmt)
		do_loop(x, first, &p);
	else
		head_loop(x, first, &p);
	extract_pop(x, first);
	x->branch = outer;
}

/* A case: a block that decides, and the one that it leads to. */
static void case_label(struct extractor *x, CXCursor label, CXCursor value)
{
	struct jumps *j = x->jumps;
	uint32_t before = extract_leave(x), text;
	const char *of, *is;
	struct forks f;
	char *both;

	while (j && j->is_loop)
		j = j->outer;
	if (!j) {
		extract_target(x, before);
		return;
	}
	if (clang_getCursorKind(label) == CXCursor_DefaultStmt) {
		j->otherwise = extract_target(x, before);
		return;
	}
	extract_patch(x, j->others, extract_block(x));
	text = extract_condition_text(x, j->of);
	of = facts_str(x->set, text);
	is = facts_str(x->set, extract_condition_text(x, value));
	if (*of && *is) {
		both = xstrfmt("%s == %s", of, is);
		text = extract_str(x, both);
		free(both);
	} else {
		text = extract_str(x, "");
	}
	f = extract_fork(x, text, NO_OP);
	j->others = f.no;
	extract_target(x, extract_chain(x, before, f.yes));
}

static void open_case(struct extractor *x, CXCursor label, uint32_t outer)
{
	size_t first, nr;

	x->branch = outer;
	x->branch = extract_branch(x, BRANCH_CASE, label);
	/* A case contains its first statement; "case a ... b" two values. */
	nr = extract_children(x, label, &first);
	case_label(x, label, nr == 2 ? x->stack[first] : label);
	if (nr) {
		CXCursor body = x->stack[first + nr - 1];

		while (clang_getCursorKind(body) == CXCursor_CaseStmt ||
		       clang_getCursorKind(body) == CXCursor_DefaultStmt) {
			size_t f, n = extract_children(x, body, &f);
			CXCursor inner = n ? x->stack[f + n - 1] : body;

			case_label(x, body, n == 2 ? x->stack[f] : body);

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
	struct jumps jumps = begin_jumps(x, false);

	if (nr > 0) {
		extract_tested(x, x->stack[first]);
		jumps.of = extract_inner(x, x->stack[first]);
	}
	jumps.others = extract_leave(x);
	x->jumps = &jumps;
	if (nr > 1 && clang_getCursorKind(x->stack[first + nr - 1]) ==
			      CXCursor_CompoundStmt)
		switch_body(x, x->stack[first + nr - 1]);
	x->jumps = jumps.outer;
	if (jumps.otherwise != NO_BLOCK) {
		extract_patch(x, jumps.others, jumps.otherwise);
		jumps.others = NO_EDGES;
	}
	extract_join_flow(x, extract_chain(x, jumps.others, jumps.breaks));
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
	extract_end_flow(x);
}


/* Where all that the initialiser tests is one thing, the variable is that. */
static void remember_test(struct extractor *x, CXCursor decl, CXCursor init,
			  uint32_t before)
{
	uint32_t i, test = NO_OP;
	bool negated = false;
	CXCursor c = extract_inner(x, init);

	while (clang_getCursorKind(c) == CXCursor_UnaryOperator &&
	       clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_LNot) {
		size_t first, nr = extract_children(x, c, &first);

		negated = !negated;
		c = nr ? extract_inner(x, x->stack[first]) : c;
		extract_pop(x, first);
		if (!nr)
			return;
	}
	for (i = before; i < x->set->nr_ops; i++) {
		if (x->set->ops[i].kind != OP_TEST)
			continue;
		if (test != NO_OP)
			return;
		test = i - x->fn.first_op;
	}
	if (test != NO_OP && !negated)
		extract_remember_boolean(x, decl, test);
}

static void declare(struct extractor *x, CXCursor decl)
{
	uint32_t before = x->set->nr_ops, place;
	CXCursor init;

	if (clang_getCursorKind(decl) != CXCursor_VarDecl)
		return;
	init = clang_Cursor_getVarDeclInitializer(decl);
	if (clang_Cursor_isNull(init))
		return;
	place = extract_variable(x, decl);
	extract_init(x, place, clang_getCursorType(decl), init, false);
	extract_narrowing(x, place, clang_getCursorType(decl), init, before);
	extract_alias(x, place, clang_getCursorType(decl), init, decl);
	extract_cleanup(x, place, decl);
	remember_test(x, decl, init, before);
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
	extract_goto(x, op->spelling);
	extract_pop(x, first);
}

void extract_stmt(struct extractor *x, CXCursor stmt)
{
	uint32_t scratch = x->nr_scratch;
	enum CXCursorKind kind = clang_getCursorKind(stmt);
	size_t first, nr, i;
	uint32_t name;
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
		name = extract_clang_str(x, clang_getCursorSpelling(stmt));
		extract_label(x, name);
		op = extract_op(x, OP_LABEL, stmt);
		op->spelling = name;
		each_child(x, stmt);
		break;
	case CXCursor_BreakStmt:
		extract_op(x, OP_JUMP, stmt)->flags = JUMP_BREAK;
		jump_out(x, true);
		break;
	case CXCursor_ContinueStmt:
		extract_op(x, OP_JUMP, stmt)->flags = JUMP_CONTINUE;
		jump_out(x, false);
		break;
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		nr = extract_children(x, stmt, &first);
		case_label(x, stmt, nr ? x->stack[first] : stmt);
		extract_pop(x, first);
		each_child(x, stmt);
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

// SPDX-License-Identifier: GPL-2.0-only
/* Extracts expressions: the value of each, and the ops that evaluating it takes. */
#include "facts/extract/internal.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/diag.h"

static enum CXChildVisitResult push_child(CXCursor c, CXCursor parent,
					  CXClientData data)
{
	struct extractor *x = data;

	(void)parent;
	ALLOC_GROW(x->stack, x->nr_stack + 1, x->alloc_stack);
	x->stack[x->nr_stack++] = c;
	return CXChildVisit_Continue;
}

size_t extract_children(struct extractor *x, CXCursor cursor, size_t *first)
{
	*first = x->nr_stack;
	clang_visitChildren(cursor, push_child, x);
	return x->nr_stack - *first;
}

void extract_pop(struct extractor *x, size_t first)
{
	x->nr_stack = first;
}

/* A reference to a name that is part of a type or a label, no value. */
static bool is_reference(CXCursor c)
{
	return clang_isReference(clang_getCursorKind(c));
}

/* The only (or last) child that is a value: casts start with a TypeRef. */
static CXCursor operand(struct extractor *x, CXCursor expr)
{
	size_t first, nr = extract_children(x, expr, &first);
	CXCursor c = nr && !is_reference(x->stack[first + nr - 1]) ?
		x->stack[first + nr - 1] : clang_getNullCursor();

	extract_pop(x, first);
	return c;
}

uint32_t extract_variable(struct extractor *x, CXCursor decl)
{
	struct place p = { 0 };
	enum CXCursorKind kind = clang_getCursorKind(decl);
	CXCursor parent = clang_getCursorSemanticParent(decl);
	bool in_function =
		clang_getCursorKind(parent) == CXCursor_FunctionDecl;
	enum CX_StorageClass storage = clang_Cursor_getStorageClass(decl);
	CXType type = clang_getCursorType(decl);
	bool is_pointer;
	char *path;
	CXFile file;

	p.carry = (uint8_t)extract_carry(x, type, &is_pointer);
	p.is_pointer = is_pointer;
	if (p.carry == CARRY_NOTHING)
		return NO_PLACE;
	p.name = extract_clang_str(x, clang_getCursorSpelling(decl));
	if (kind == CXCursor_ParmDecl) {
		int i, n = clang_Cursor_getNumArguments(parent);
		char record[256];

		p.kind = PLACE_PARAM;
		if (p.carry == CARRY_OBJECT &&
		    extract_type_record(type, record, sizeof(record)))
			p.record = extract_str(x, record);
		for (i = 0; i < n; i++)
			if (clang_equalCursors(
				    clang_Cursor_getArgument(parent,
							     (unsigned int)i),
				    decl))
				p.number = (uint32_t)i;
	} else if (storage == CX_SC_Static) {
		p.kind = PLACE_STATIC;
		clang_getFileLocation(clang_getCursorLocation(decl), &file,
				      NULL, NULL, in_function ?
				      &p.number : NULL);
		path = extract_path(x, file);
		p.record = extract_str(x, path);
		free(path);
	} else if (in_function && storage != CX_SC_Extern) {
		p.kind = PLACE_LOCAL;
		clang_getFileLocation(clang_getCursorLocation(decl), NULL,
				      NULL, NULL, &p.number);
		/* Kept in a local, a dma_addr_t may well be a pfn. */
		if (p.carry == CARRY_DMA_ADDR && !p.is_pointer)
			p.carry = CARRY_WORD;
	} else {
		p.kind = PLACE_GLOBAL;
	}
	return extract_place(x, &p);
}

static struct val variable_val(struct extractor *x, CXCursor decl)
{
	CXCursor parent = clang_getCursorSemanticParent(decl);

	if (clang_getCursorKind(parent) != CXCursor_FunctionDecl) {
		CXString s = clang_getCursorSpelling(decl);
		bool opaque = api_is_opaque_global(x->api,
						   clang_getCString(s));

		clang_disposeString(s);
		if (opaque)
			return (struct val){ x->nr_scratch, 0 };
	}
	return extract_place_val(x, extract_variable(x, decl));
}

static uint32_t function_place(struct extractor *x, CXCursor decl)
{
	struct place p = {
		.kind = PLACE_FUNCTION,
		.carry = CARRY_FUNCTION,
		.is_pointer = 1,
	};
	char *key = extract_function_key(x, decl);

	p.name = extract_str(x, key);
	free(key);
	return extract_place(x, &p);
}

static struct val reference_val(struct extractor *x, CXCursor expr)
{
	CXCursor decl = clang_getCursorReferenced(expr);

	switch (clang_getCursorKind(decl)) {
	case CXCursor_VarDecl:
	case CXCursor_ParmDecl:
		return variable_val(x, decl);
	case CXCursor_FunctionDecl:
		return extract_place_val(x, function_place(x, decl));
	case CXCursor_EnumConstantDecl:
		return extract_bits_val(x,
			clang_getEnumConstantDeclUnsignedValue(decl));
	default:
		return extract_unknown_val(x);
	}
}

/* Counts and DMA addresses of a table are asked for, beside what it holds. */
static bool is_kept_number(const char *record, enum carry carry)
{
	return (carry == CARRY_NUMBER || carry == CARRY_DMA_ADDR) &&
	       (!strcmp(record, "sg_table") ||
		!strcmp(record, "scatterlist"));
}

/*
 * The DMA address in an entry of a table belongs to that table: kept as if it
 * had been assigned from it. An address takes no memory along.
 */
static void address_of_entry(struct extractor *x, uint32_t address,
			     CXCursor base, CXCursor at)
{
	struct lvalue dst = { address, false, 0 }, table;

	if (clang_Cursor_isNull(base))
		return;
	table = extract_lvalue(x, base);
	extract_assign(x, dst, extract_place_val(x, table.place), 0, at);
}

/*
 * The place that `base.field` is: the holder where the struct is an
 * container, else the field by its name.
 */
static struct lvalue member(struct extractor *x, CXCursor expr)
{
	struct lvalue none = { NO_PLACE, false, 0 }, lv = none;
	CXCursor field = clang_getCursorReferenced(expr);
	CXCursor base = operand(x, expr);
	struct place p = { .kind = PLACE_FIELD };
	char record[256];
	bool is_pointer, leads;
	CXString name;

	if (clang_getCursorKind(field) != CXCursor_FieldDecl)
		return none;
	if (!extract_record(clang_getCursorSemanticParent(field), record,
			    sizeof(record)))
		return none;
	p.carry = (uint8_t)extract_carry(x, clang_getCursorType(field),
					 &is_pointer);
	name = clang_getCursorSpelling(field);
	if (api_is_container(x->api, record)) {
		leads = carry_memory(p.carry) &&
			api_container_field(x->api, record,
					    clang_getCString(name));
		if (leads || !is_kept_number(record, p.carry)) {
			clang_disposeString(name);
			if (!leads || clang_Cursor_isNull(base))
				return none;
			lv = extract_lvalue(x, base);
			lv.element = true;
			return lv;
		}
	}
	if (p.carry == CARRY_NOTHING || extract_barrier(x, record, field) ||
	    !clang_getCString(name)[0]) {
		clang_disposeString(name);
		return none;
	}
	p.is_pointer = is_pointer;
	p.record = extract_str(x, record);
	p.name = extract_clang_str(x, name);
	lv.place = extract_place(x, &p);
	if (p.carry == CARRY_DMA_ADDR && api_is_container(x->api, record))
		address_of_entry(x, lv.place, base, expr);
	return lv;
}

/* Calls and assignments hidden in what only designates a place. */
static void walk_base(struct extractor *x, CXCursor expr)
{
	CXCursor base = operand(x, expr);

	if (!clang_Cursor_isNull(base))
		extract_expr(x, base);
}

struct lvalue extract_lvalue(struct extractor *x, CXCursor expr)
{
	struct lvalue lv = { NO_PLACE, false, 0 };
	size_t first, nr;
	CXCursor decl;
	struct val val;

	switch (clang_getCursorKind(expr)) {
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_CStyleCastExpr:
		nr = extract_children(x, expr, &first);
		if (nr && !is_reference(x->stack[first + nr - 1]))
			lv = extract_lvalue(x, x->stack[first + nr - 1]);
		extract_pop(x, first);
		return lv;
	case CXCursor_DeclRefExpr:
		decl = clang_getCursorReferenced(expr);
		if (clang_getCursorKind(decl) == CXCursor_VarDecl ||
		    clang_getCursorKind(decl) == CXCursor_ParmDecl) {
			val = variable_val(x, decl);
			if (val.nr)
				lv.place = x->scratch[val.first].place;
		}
		return lv;
	case CXCursor_MemberRefExpr:
		walk_base(x, expr);
		return member(x, expr);
	case CXCursor_ArraySubscriptExpr:
		nr = extract_children(x, expr, &first);
		if (nr == 2) {
			lv = extract_lvalue(x, x->stack[first]);
			extract_expr(x, x->stack[first + 1]);
		}
		extract_pop(x, first);
		lv.element = true;
		return lv;
	case CXCursor_UnaryOperator:
		nr = extract_children(x, expr, &first);
		if (nr == 1)
			lv = extract_lvalue(x, x->stack[first]);
		extract_pop(x, first);
		if (clang_getCursorUnaryOperatorKind(expr) ==
		    CXUnaryOperator_Deref)
			lv.element = true;
		return lv;
	default:
		/* p + i, a call's result, a statement expression, ?: */
		val = extract_expr(x, expr);
		for (nr = 0; nr < val.nr; nr++) {
			const struct term *t = &x->scratch[val.first + nr];

			if (t->kind == TERM_PLACE) {
				lv.place = t->place;
				break;
			}
		}
		return lv;
	}
}

/* What is but a variable needs no text. */
static bool is_member(const struct extractor *x, struct lvalue lv)
{
	const struct place *p = &x->set->places[x->fn.first_place + lv.place];

	return lv.element || p->kind == PLACE_FIELD;
}

/* Where no memory goes, but a mapping or an allocation may. */
static void keep_result(struct extractor *x, struct lvalue dst, struct val val,
			CXCursor at)
{
	const struct term *t = &x->scratch[val.first];
	struct op *op;

	if (val.nr != 1 || t->kind != TERM_PLACE ||
	    x->set->places[x->fn.first_place + t->place].kind != PLACE_CALL)
		return;
	op = extract_op(x, OP_KEEP, at);
	op->dst = dst.place;
	op->flags = dst.element ? ASSIGN_ELEMENT : 0;
	op->value = extract_keep(x, val);
	if (dst.text && (dst.place == NO_PLACE || is_member(x, dst)))
		op->spelling = dst.text;
}

void extract_assign(struct extractor *x, struct lvalue dst, struct val val,
		    unsigned int flags, CXCursor at)
{
	const struct place *p;
	struct op *op;
	uint32_t i;
	bool any = false;

	if (dst.place == NO_PLACE) {
		if (dst.text)
			keep_result(x, dst, val, at);
		return;
	}
	p = &x->set->places[x->fn.first_place + dst.place];
	if (p->carry == CARRY_OBJECT) {
		keep_result(x, dst, val, at);
		return;
	}
	for (i = 0; i < val.nr; i++) {
		const struct term *t = &x->scratch[val.first + i];
		const struct place *src;

		if (t->kind != TERM_PLACE) {
			any |= p->carry == CARRY_NUMBER ||
			       p->carry == CARRY_WORD;
			continue;
		}
		src = &x->set->places[x->fn.first_place + t->place];
		any |= src->carry != CARRY_OBJECT && t->place != dst.place;
	}
	if (!any && (val.nr || (p->carry != CARRY_NUMBER &&
				p->carry != CARRY_WORD)))
		return;
	op = extract_op(x, OP_ASSIGN, at);
	op->flags = (uint8_t)(flags | (dst.element ? ASSIGN_ELEMENT : 0));
	if (dst.text && is_member(x, dst))
		op->spelling = dst.text;
	op->dst = dst.place;
	op->value = extract_keep(x, val);
}

static unsigned int compound_flag(enum CXBinaryOperatorKind kind)
{
	switch (kind) {
	case CXBinaryOperator_OrAssign:
		return ASSIGN_OR;
	case CXBinaryOperator_AndAssign:
		return ASSIGN_AND;
	default:
		return ASSIGN_UPDATE;
	}
}

/* What a comparison may give. */
static struct val truth(struct extractor *x)
{
	struct val no = extract_bits_val(x, 0), yes = extract_bits_val(x, 1);

	return extract_arms(x, no, yes);
}

static struct val binary(struct extractor *x, CXCursor expr)
{
	enum CXBinaryOperatorKind kind =
		clang_getCursorBinaryOperatorKind(expr);
	size_t first, nr = extract_children(x, expr, &first);
	struct val val = { x->nr_scratch, 0 };
	CXCursor left, right;
	struct lvalue lv;
	uint32_t before;

	if (nr != 2)
		goto out;
	left = x->stack[first];
	right = x->stack[first + 1];
	switch (kind) {
	case CXBinaryOperator_Assign:
		lv = extract_lvalue(x, left);
		val = extract_expr(x, right);
		before = x->set->nr_ops;
		lv.text = extract_lvalue_text(x, left);
		extract_assign(x, lv, val, 0, left);
		extract_narrowing(x, lv.place, clang_getCursorType(left), right,
				  before);
		extract_alias(x, lv.place, clang_getCursorType(left), right,
			      left);
		break;
	case CXBinaryOperator_MulAssign:
	case CXBinaryOperator_DivAssign:
	case CXBinaryOperator_RemAssign:
	case CXBinaryOperator_AddAssign:
	case CXBinaryOperator_SubAssign:
	case CXBinaryOperator_ShlAssign:
	case CXBinaryOperator_ShrAssign:
	case CXBinaryOperator_AndAssign:
	case CXBinaryOperator_XorAssign:
	case CXBinaryOperator_OrAssign:
		lv = extract_lvalue(x, left);
		val = extract_expr(x, right);
		/* p += n moves within what p is already. */
		if (!extract_is_pointer(left))
			extract_assign(x, lv, val, compound_flag(kind), left);
		val = extract_place_val(x, lv.place);
		break;
	case CXBinaryOperator_Comma:
		extract_expr(x, left);
		val = extract_expr(x, right);
		break;
	case CXBinaryOperator_Add:
	case CXBinaryOperator_Sub:
	case CXBinaryOperator_Mul:
	case CXBinaryOperator_Shl:
	case CXBinaryOperator_Shr:
	case CXBinaryOperator_And:
	case CXBinaryOperator_Xor:
	case CXBinaryOperator_Or:
		val = extract_arithmetic(x, kind, left, right);
		break;
	case CXBinaryOperator_LT:
	case CXBinaryOperator_GT:
	case CXBinaryOperator_LE:
	case CXBinaryOperator_GE:
	case CXBinaryOperator_EQ:
	case CXBinaryOperator_NE:
	case CXBinaryOperator_LAnd:
	case CXBinaryOperator_LOr:
		/* Either way; the calls in the operands still count. */
		extract_comparison(x, expr, left, right);
		val = truth(x);
		break;
	default:
		val = extract_quotient(x, kind, left, right);
	}
out:
	extract_pop(x, first);
	return val;
}

static struct val unary(struct extractor *x, CXCursor expr)
{
	CXCursor child = operand(x, expr);
	struct val val;
	uint64_t bits;

	if (clang_Cursor_isNull(child))
		return extract_unknown_val(x);
	if (clang_getCursorUnaryOperatorKind(expr) == CXUnaryOperator_LNot) {
		extract_negation(x, child);
		return truth(x);
	}
	val = extract_expr(x, child);
	switch (clang_getCursorUnaryOperatorKind(expr)) {
	case CXUnaryOperator_Not:
		return extract_constant(x, val, &bits) ?
			extract_bits_val(x, ~bits) : extract_unknown_val(x);
	case CXUnaryOperator_Minus:
		return extract_constant(x, val, &bits) ?
			extract_bits_val(x, 0 - bits) :
			extract_unknown_val(x);
	default:
		return val;
	}
}

static struct val literal(struct extractor *x, CXCursor expr)
{
	CXEvalResult r = clang_Cursor_Evaluate(expr);
	struct val val;

	if (!r)
		return extract_unknown_val(x);
	val = clang_EvalResult_getKind(r) == CXEval_Int ?
		extract_bits_val(x, (uint64_t)
				 clang_EvalResult_getAsLongLong(r)) :
		extract_unknown_val(x);
	clang_EvalResult_dispose(r);
	return val;
}

static struct val conditional(struct extractor *x, CXCursor expr)
{
	size_t first, nr = extract_children(x, expr, &first);
	struct val val = { x->nr_scratch, 0 };
	struct forks f = { NO_EDGES, NO_EDGES };
	uint32_t out;

	if (nr >= 2) {
		struct val a, b;

		if (nr > 2)
			f = extract_branching(x, x->stack[first]);
		extract_join_flow(x, f.yes);
		a = extract_expr(x, x->stack[first + nr - 2]);
		out = extract_leave(x);
		if (nr > 2)
			extract_join_flow(x, f.no);
		else
			extract_target(x, NO_EDGES);
		b = extract_expr(x, x->stack[first + nr - 1]);
		extract_join_flow(x, out);
		val = extract_arms(x, a, b);
	}
	extract_pop(x, first);
	return val;
}

static bool same_start(CXCursor a, CXCursor b)
{
	return clang_equalLocations(
		clang_getRangeStart(clang_getCursorExtent(a)),
		clang_getRangeStart(clang_getCursorExtent(b)));
}

/*
 * a ?: b, which has a for three of its children, and __builtin_choose_expr().
 * Either is false if `expr` is none.
 */
static bool choice(struct extractor *x, size_t first, size_t nr,
		   struct val *val)
{
	struct forks f;
	CXEvalResult r;
	bool known;
	int64_t n;

	if (nr == 4 && same_start(x->stack[first], x->stack[first + 2])) {
		struct val a = extract_expr(x, x->stack[first]);

		extract_test(x, TEST_TRUE, a, NULL, x->stack[first]);
		f = extract_fork(x, extract_condition_text(x,
					x->stack[first]), NO_OP);
		extract_join_flow(x, f.no);
		*val = extract_arms(x, a,
				    extract_expr(x, x->stack[first + 3]));
		extract_join_flow(x, f.yes);
		return true;
	}
	r = nr == 3 ? clang_Cursor_Evaluate(x->stack[first]) : NULL;
	known = r && clang_EvalResult_getKind(r) == CXEval_Int;
	n = known ? clang_EvalResult_getAsLongLong(r) : 0;
	if (r)
		clang_EvalResult_dispose(r);
	if (known)
		*val = extract_expr(x, x->stack[first + (n ? 1 : 2)]);
	return known;
}

/* What is chosen by type is not what the type is taken from. */
static struct val generic_selection(struct extractor *x, CXCursor expr)
{
	size_t first, nr = extract_children(x, expr, &first), i;
	struct val val = { x->nr_scratch, 0 };
	bool any = false, chosen = false;

	for (i = 0; i < nr; i++) {
		CXCursor c = x->stack[first + i];
		struct val v;

		if (is_reference(c))
			continue;
		if (!chosen) {
			chosen = true;
			continue;
		}
		v = extract_expr(x, c);
		val = any ? extract_arms(x, val, v) : v;
		any = true;
	}
	extract_pop(x, first);
	return val;
}

/* Implicit casts and what has no name. */
static struct val unexposed(struct extractor *x, CXCursor expr)
{
	size_t first, nr = extract_children(x, expr, &first), i;
	struct val val = { x->nr_scratch, 0 };

	if (choice(x, first, nr, &val)) {
		extract_pop(x, first);
		return val;
	}
	for (i = 0; i < nr; i++) {
		struct val v;

		if (is_reference(x->stack[first + i]))
			continue;
		v = extract_expr(x, x->stack[first + i]);
		val = i == 0 || nr == 1 ? v : extract_join(x, val, v);
	}
	extract_pop(x, first);
	return val;
}

static struct val compound_literal(struct extractor *x, CXCursor expr)
{
	CXCursor list = operand(x, expr);

	if (!clang_Cursor_isNull(list) &&
	    clang_getCursorKind(list) == CXCursor_InitListExpr)
		extract_init(x, NO_PLACE, clang_getCursorType(expr), list,
			     false);
	return extract_unknown_val(x);
}

static struct val any_expr(struct extractor *x, CXCursor expr)
{
	struct val val = { x->nr_scratch, 0 };
	struct lvalue lv;

	switch (clang_getCursorKind(expr)) {
	case CXCursor_DeclRefExpr:
		return reference_val(x, expr);
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		lv = extract_lvalue(x, expr);
		return extract_place_val(x, lv.place);
	case CXCursor_CallExpr:
		return extract_call(x, expr);
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_UnaryExpr:	/* sizeof */
		return literal(x, expr);
	case CXCursor_StringLiteral:
	case CXCursor_FloatingLiteral:
		return extract_unknown_val(x);
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:
		return binary(x, expr);
	case CXCursor_UnaryOperator:
		return unary(x, expr);
	case CXCursor_ConditionalOperator:
		return conditional(x, expr);
	case CXCursor_StmtExpr:
		return extract_stmt_expr(x, expr);
	case CXCursor_CompoundLiteralExpr:
		return compound_literal(x, expr);
	case CXCursor_InitListExpr:
		extract_init(x, NO_PLACE, clang_getCursorType(expr), expr,
			     false);
		return extract_unknown_val(x);
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr: {
		CXCursor c = operand(x, expr);

		return clang_Cursor_isNull(c) ? val : extract_expr(x, c);
	}
	case CXCursor_GenericSelectionExpr:
		return generic_selection(x, expr);
	case CXCursor_UnexposedExpr:
		return unexposed(x, expr);
	default:
		return extract_unknown_val(x);
	}
}

/* Whether all of `expr` is but one name in the source, and no name(...). */
static bool is_one_name(struct extractor *x, CXCursor expr)
{
	unsigned int offset = extract_start(expr);
	const char *text, *p;
	CXCursor c = expr;
	CXFile file;
	size_t len;

	for (;;) {
		size_t first, nr = extract_children(x, c, &first);

		if (nr)
			c = x->stack[first + nr - 1];
		extract_pop(x, first);
		if (!nr)
			break;
		if (extract_start(c) != offset)
			return false;
	}
	clang_getFileLocation(clang_getCursorLocation(expr), &file, NULL, NULL,
			      NULL);
	text = file ? extract_text(x, file, &len) : NULL;
	if (!text || offset >= len)
		return false;
	p = text + offset;
	while (p < text + len && ctext_in_name(*p))
		p++;
	while (p < text + len && isspace((unsigned char)*p))
		p++;
	return p == text + len || !strchr("('\"", *p);
}

/* A constant that a macro stands for takes its name. */
static void name_constant(struct extractor *x, CXCursor expr, struct val val)
{
	const struct term *t = &x->scratch[val.first];
	uint32_t id;

	if (val.nr == 1 && t->kind == TERM_BITS && t->name == NO_NAME &&
	    is_one_name(x, expr) && extract_macro(x, expr, &id))
		extract_name_val(x, val, id);
}

struct val extract_expr(struct extractor *x, CXCursor expr)
{
	struct val val = any_expr(x, expr);

	name_constant(x, expr, val);
	return val;
}

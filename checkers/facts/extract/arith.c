// SPDX-License-Identifier: GPL-2.0-only
/*
 * What comes of an arithmetic operator: constants are folded, attributes that
 * are or-ed keep their names, a pointer that is moved stays what it is.
 */
#include "facts/extract/internal.h"

/* Pointer arithmetic: only the pointer leads to memory, not the index. */
static struct val pointer_arithmetic(struct extractor *x, bool a_pointer,
				     struct val a, bool b_pointer,
				     struct val b)
{
	if (a_pointer && b_pointer) {
		/* page - vmemmap is a pfn, p - pages is an index. */
		if (extract_has_memory(x, a) && extract_has_memory(x, b))
			return extract_unknown_val(x);
		return extract_has_memory(x, a) ? a : b;
	}
	if (b_pointer)
		return pointer_arithmetic(x, true, b, false, a);
	/* vmemmap + pfn: the base is no memory, the number is. */
	return extract_has_memory(x, a) ? a : b;
}

static uint64_t fold(enum CXBinaryOperatorKind kind, uint64_t a, uint64_t b)
{
	switch (kind) {
	case CXBinaryOperator_Add: return a + b;
	case CXBinaryOperator_Sub: return a - b;
	case CXBinaryOperator_Mul: return a * b;
	case CXBinaryOperator_Shl: return b < 64 ? a << b : 0;
	case CXBinaryOperator_Shr: return b < 64 ? a >> b : 0;
	case CXBinaryOperator_And: return a & b;
	case CXBinaryOperator_Or: return a | b;
	case CXBinaryOperator_Xor: return a ^ b;
	default: return 0;
	}
}

bool extract_is_pointer(CXCursor expr)
{
	CXType t = clang_getCanonicalType(clang_getCursorType(expr));

	return t.kind == CXType_Pointer || t.kind == CXType_ConstantArray ||
	       t.kind == CXType_IncompleteArray ||
	       t.kind == CXType_VariableArray;
}

static bool is_named(const struct extractor *x, struct val val)
{
	return val.nr && x->scratch[val.first].kind == TERM_BITS &&
	       x->scratch[val.first].name != NO_NAME;
}

unsigned int extract_start(CXCursor expr)
{
	unsigned int offset;

	clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(expr)),
			      NULL, NULL, NULL, &offset);
	return offset;
}

struct val extract_arithmetic(struct extractor *x,
			      enum CXBinaryOperatorKind kind,
			      CXCursor left, CXCursor right)
{
	struct val a = extract_expr(x, left), b = extract_expr(x, right);
	bool pa = extract_is_pointer(left), pb = extract_is_pointer(right);
	uint64_t ca, cb;

	if (extract_constant(x, a, &ca) && extract_constant(x, b, &cb)) {
		/* A | B keep their names, unless a macro is both. */
		if (kind == CXBinaryOperator_Or && is_named(x, a) &&
		    is_named(x, b) && extract_start(left) != extract_start(right))
			return extract_join(x, a, b);
		return extract_bits_val(x, fold(kind, ca, cb));
	}
	if (pa || pb)
		return pointer_arithmetic(x, pa, a, pb, b);
	if (kind == CXBinaryOperator_Or)
		return extract_join(x, a, b);
	if (kind == CXBinaryOperator_And) {
		/* The offset in a page is no address. */
		if (extract_constant(x, b, &cb))
			return cb < 4096 ? extract_no_memory(x, a) : a;
		if (extract_constant(x, a, &ca))
			return ca < 4096 ? extract_no_memory(x, b) : b;
	}
	/* What is computed with is kept, what it is computed to is not. */
	if (extract_constant(x, b, &cb))
		b = extract_unknown_val(x);
	else if (extract_constant(x, a, &ca))
		a = extract_unknown_val(x);
	return extract_join(x, a, b);
}

struct val extract_quotient(struct extractor *x, enum CXBinaryOperatorKind kind,
			    CXCursor left, CXCursor right)
{
	struct val a = extract_expr(x, left), b = extract_expr(x, right);
	uint64_t ca, cb;

	if (!extract_constant(x, a, &ca) || !extract_constant(x, b, &cb) ||
	    ca > INT64_MAX || cb > INT64_MAX || !cb)
		return extract_unknown_val(x);
	return extract_bits_val(x, kind == CXBinaryOperator_Div ? ca / cb :
				   ca % cb);
}

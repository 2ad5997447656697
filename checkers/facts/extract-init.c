// SPDX-License-Identifier: GPL-2.0-only
/*
 * Initialisers. libclang shows only the syntactic list: a designated element
 * is an UnexposedExpr whose first children are MemberRefs, an array's is one
 * whose first child is the index.
 */
#include "facts/extract-internal.h"
#include "lib/alloc.h"

struct field_list {
	CXCursor *list;
	size_t nr, alloc;
};

static enum CXVisitorResult add_field(CXCursor field, CXClientData data)
{
	struct field_list *fields = data;

	ALLOC_GROW(fields->list, fields->nr + 1, fields->alloc);
	fields->list[fields->nr++] = field;
	return CXVisit_Continue;
}

static void init_field(struct extractor *x, CXCursor field, CXCursor value)
{
	struct place p = { .kind = PLACE_FIELD };
	struct lvalue lv = { NO_PLACE, false };
	char record[256];
	bool is_pointer;
	CXType type = clang_getCursorType(field);

	p.carry = (uint8_t)extract_carry(x, type, &is_pointer);
	if (extract_record(clang_getCursorSemanticParent(field), record,
			   sizeof(record)) &&
	    p.carry != CARRY_NOTHING && !api_cut(x->api, record) &&
	    !api_is_envelope(x->api, record)) {
		p.is_pointer = is_pointer;
		p.record = extract_str(x, record);
		p.name = extract_clang_str(x,
					   clang_getCursorSpelling(field));
		lv.place = extract_place(x, &p);
	}
	extract_init(x, lv.place, type, value, false);
}

/* ".a.b = value": the last MemberRef is the field, the last child the value. */
static bool designated(struct extractor *x, CXCursor element, uint32_t dst,
		       CXType element_type, size_t *position,
		       const struct field_list *fields)
{
	size_t first, nr = extract_children(x, element, &first), i;
	CXCursor field = clang_getNullCursor(), top = field;
	bool found = false;

	for (i = 0; i < nr; i++) {
		CXCursor c = x->stack[first + i];

		if (clang_getCursorKind(c) != CXCursor_MemberRef)
			continue;
		field = clang_getCursorReferenced(c);
		if (!found)
			top = field;
		found = true;
	}
	if (found && nr > 1) {
		CXCursor value = x->stack[first + nr - 1];

		for (i = 0; i < fields->nr; i++)
			if (clang_equalCursors(fields->list[i], top))
				*position = i + 1;
		if (clang_getCursorKind(field) == CXCursor_FieldDecl)
			init_field(x, field, value);
	} else if (!fields->nr && nr == 2 &&
		   clang_getCursorType(element).kind == CXType_Void) {
		extract_init(x, dst, element_type, x->stack[first + 1], true);
		found = true;
	}
	extract_pop(x, first);
	return found;
}

static void init_list(struct extractor *x, uint32_t dst, CXType type,
		      CXCursor list)
{
	CXType canonical = clang_getCanonicalType(type);
	CXType element_type = clang_getArrayElementType(canonical);
	struct field_list fields = { NULL, 0, 0 };
	size_t first, nr = extract_children(x, list, &first), i, at = 0;

	if (canonical.kind == CXType_Record)
		clang_Type_visitFields(canonical, add_field, &fields);
	for (i = 0; i < nr; i++) {
		CXCursor c = x->stack[first + i];

		if (clang_isReference(clang_getCursorKind(c)))
			continue;
		if (clang_getCursorKind(c) == CXCursor_UnexposedExpr &&
		    designated(x, c, dst, element_type, &at, &fields))
			continue;
		if (canonical.kind == CXType_Record) {
			if (at < fields.nr)
				init_field(x, fields.list[at++], c);
		} else {
			extract_init(x, dst, element_type, c, true);
		}
	}
	free(fields.list);
	extract_pop(x, first);
}

void extract_init(struct extractor *x, uint32_t dst, CXType type,
		  CXCursor init, bool element)
{
	struct lvalue lv = { dst, element };
	uint32_t scratch = x->nr_scratch;

	if (clang_getCursorKind(init) == CXCursor_InitListExpr) {
		/* { 0 } and {} are the constant 0 for what is no struct. */
		init_list(x, dst, type, init);
		return;
	}
	extract_assign(x, lv, extract_expr(x, init), ASSIGN_INIT, init);
	x->nr_scratch = scratch;
}

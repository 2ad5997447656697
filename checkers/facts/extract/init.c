// SPDX-License-Identifier: GPL-2.0-only
/*
 * Initialisers. libclang shows only the syntactic list: a designated element
 * is an UnexposedExpr whose first children are MemberRefs, an array's is one
 * whose first child is the index.
 */
#include "facts/extract/internal.h"
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

static bool leads(const struct extractor *x, const char *record,
		  CXCursor field)
{
	CXString name = clang_getCursorSpelling(field);
	bool yes = api_container_field(x->api, record,
				       clang_getCString(name));

	clang_disposeString(name);
	return yes;
}

static CXType element_of(CXType type, unsigned int depth)
{
	while (depth--) {
		CXType element = clang_getArrayElementType(
			clang_getCanonicalType(type));

		/* A range is two indices of one array. */
		if (element.kind == CXType_Invalid)
			break;
		type = element;
	}
	return type;
}

/*
 * A field of `dst`, which only counts if that is a container, as in member().
 * `depth` indices follow it: ".f[1] = value".
 */
static void init_field(struct extractor *x, uint32_t dst, CXCursor field,
		       unsigned int depth, CXCursor value)
{
	struct place p = { .kind = PLACE_FIELD };
	struct lvalue lv = { NO_PLACE, false, 0 };
	char record[256];
	bool is_pointer;
	CXType type = clang_getCursorType(field);
	bool named = extract_record(clang_getCursorSemanticParent(field),
				    record, sizeof(record));

	p.carry = (uint8_t)extract_carry(x, type, &is_pointer);
	if (named && api_is_container(x->api, record)) {
		if (carry_memory(p.carry) && leads(x, record, field))
			lv = (struct lvalue){ dst, true, 0 };
	} else if (named && p.carry != CARRY_NOTHING &&
		   !extract_barrier(x, record, field)) {
		p.is_pointer = is_pointer;
		p.record = extract_str(x, record);
		p.name = extract_clang_str(x,
					   clang_getCursorSpelling(field));
		lv.place = extract_place(x, &p);
	}
	extract_init(x, lv.place, element_of(type, depth), value,
		     lv.element || depth > 0);
}

/* ".a.b = value": the last MemberRef is the field, the last child the value. */
static bool designated(struct extractor *x, CXCursor element, uint32_t dst,
		       CXType element_type, size_t *position,
		       const struct field_list *fields)
{
	size_t first, nr = extract_children(x, element, &first), i;
	CXCursor field = clang_getNullCursor(), top = field;
	unsigned int depth = 0;
	bool found = false;

	for (i = 0; i < nr; i++) {
		CXCursor c = x->stack[first + i];

		if (clang_getCursorKind(c) != CXCursor_MemberRef) {
			depth++;
			continue;
		}
		depth = 0;
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
			init_field(x, clang_equalCursors(top, field) ?
				   dst : NO_PLACE, field, depth - 1, value);
	} else if (!fields->nr && nr >= 2 &&
		   clang_getCursorType(element).kind == CXType_Void) {
		extract_init(x, dst, element_type, x->stack[first + nr - 1],
			     true);
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
				init_field(x, dst, fields.list[at++], 0, c);
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
	struct lvalue lv = { dst, element, 0 };
	uint32_t scratch = x->nr_scratch;

	if (clang_getCursorKind(init) == CXCursor_InitListExpr) {
		/* { 0 } and {} are the constant 0 for what is no struct. */
		init_list(x, dst, type, init);
		return;
	}
	extract_assign(x, lv, extract_expr(x, init), ASSIGN_INIT, init);
	x->nr_scratch = scratch;
}

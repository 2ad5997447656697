// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an assignment does beside moving a value: a dma_addr_t that is cut to
 * fewer bits, a local pointer to a device that gets another name.
 */
#include "facts/extract/internal.h"

static bool is_type(CXType type, const char *name)
{
	CXString s = clang_getTypeSpelling(type);
	bool yes = !strcmp(clang_getCString(s), name);

	clang_disposeString(s);
	return yes;
}

/* The last op if that assigns to `place` and was made after `before` others. */
static struct op *last_assignment(struct extractor *x, uint32_t place,
				  uint32_t before)
{
	struct op *op;

	if (place == NO_PLACE || x->set->nr_ops == before)
		return NULL;
	op = &x->set->ops[x->set->nr_ops - 1];
	return op->kind == OP_ASSIGN && op->dst == place ? op : NULL;
}

static bool is_narrow_integer(CXType type)
{
	switch (clang_getCanonicalType(type).kind) {
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
	case CXType_SChar:
	case CXType_Short:
	case CXType_Int:
	case CXType_Long:
		return clang_Type_getSizeOf(type) < 8;
	default:
		return false;
	}
}

void extract_narrowing(struct extractor *x, uint32_t place, CXType type,
		       CXCursor value, uint32_t before)
{
	struct op *op = last_assignment(x, place, before);
	CXType from;

	if (!op || !is_narrow_integer(type))
		return;
	from = clang_getCursorType(extract_inner(x, value));
	if (clang_Type_getSizeOf(from) == 8 && is_type(from, "dma_addr_t"))
		op->flags |= ASSIGN_NARROW;
}

void extract_alias(struct extractor *x, uint32_t place, CXType type,
		   CXCursor value, CXCursor at)
{
	const struct place *p;
	uint32_t text;
	struct op *op;

	if (place == NO_PLACE || !is_type(type, "struct device *"))
		return;
	p = &x->set->places[x->fn.first_place + place];
	if (p->kind != PLACE_LOCAL && p->kind != PLACE_PARAM)
		return;
	text = extract_condition_text(x, value);
	op = extract_op(x, OP_ALIAS, at);
	op->dst = place;
	op->spelling = text;
}

static enum CXChildVisitResult find_cleanup(CXCursor c, CXCursor parent,
					    CXClientData data)
{
	struct extractor *x = *(struct extractor **)data;
	static const char *const names[] = { "__free", "__cleanup", "CLASS" };
	const char *name;
	size_t i;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_UnexposedAttr)
		return CXChildVisit_Continue;
	name = facts_str(x->set, extract_spelling(x, c));
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(name, names[i])) {
			*(struct extractor **)data = NULL;
			return CXChildVisit_Break;
		}
	return CXChildVisit_Continue;
}

void extract_cleanup(struct extractor *x, uint32_t place, CXCursor decl)
{
	struct extractor *found = x;

	if (place == NO_PLACE)
		return;
	clang_visitChildren(decl, find_cleanup, &found);
	x->set->places[x->fn.first_place + place].has_cleanup = !found;
}

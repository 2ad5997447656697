// SPDX-License-Identifier: GPL-2.0-only
/* How the arguments of a call are written, and the structs they lie in. */
#include "facts/extract-internal.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/buffer.h"

/* More than this is a program of its own, not an argument to be quoted. */
#define MAX_TEXT 240

/* Implicit casts, parentheses and explicit casts around an expression. */
static CXCursor bare(struct extractor *x, CXCursor c, bool casts)
{
	for (;;) {
		enum CXCursorKind kind = clang_getCursorKind(c);
		size_t first, nr;
		CXCursor child;

		if (kind != CXCursor_UnexposedExpr &&
		    kind != CXCursor_ParenExpr &&
		    !(casts && kind == CXCursor_CStyleCastExpr))
			return c;
		nr = extract_children(x, c, &first);
		child = nr ? x->stack[first + nr - 1] : c;
		extract_pop(x, first);
		if (!nr || clang_isReference(clang_getCursorKind(child)))
			return c;
		c = child;
	}
}

static void add_squeezed(struct buffer *buf, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len && buf->len < MAX_TEXT; i++) {
		char c = text[i];

		if (!isspace((unsigned char)c) && c != '\\')
			buffer_add(buf, &c, 1);
		else if (buf->len && buf->data[buf->len - 1] != ' ')
			buffer_add(buf, " ", 1);
	}
}

/* The argument as the source has it; "" if it comes from a macro. */
static uint32_t text_of(struct extractor *x, CXCursor arg, unsigned int call)
{
	CXSourceRange range = clang_getCursorExtent(arg);
	unsigned int start, end;
	struct buffer buf = BUFFER_INIT;
	CXFile file, end_file;
	const char *text;
	uint32_t id;
	size_t len;

	clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL,
			      &start);
	clang_getFileLocation(clang_getRangeEnd(range), &end_file, NULL, NULL,
			      &end);
	text = file ? clang_getFileContents(x->tu, file, &len) : NULL;
	if (!text || file != end_file || start == call || end < start ||
	    end > len)
		return extract_str(x, "");
	add_squeezed(&buf, text + start, end - start);
	id = intern_mem(&x->set->strings, buf.data ? buf.data : "", buf.len);
	buffer_release(&buf);
	return id;
}

/* The type as it is written; a constant of an enum has that enum's. */
static uint32_t type_of(struct extractor *x, CXCursor arg)
{
	CXCursor c = bare(x, arg, false), decl;
	CXType type = clang_getCursorType(c);

	if (clang_getCursorKind(c) == CXCursor_DeclRefExpr) {
		decl = clang_getCursorReferenced(c);
		if (clang_getCursorKind(decl) == CXCursor_EnumConstantDecl)
			type = clang_getCursorType(
				clang_getCursorSemanticParent(decl));
	}
	return extract_clang_str(x, clang_getTypeSpelling(type));
}

static bool is_array(CXCursor c)
{
	return clang_getCanonicalType(clang_getCursorType(c)).kind ==
	       CXType_ConstantArray;
}

struct layout {
	struct extractor *x;
	struct record_layout *record;
};

static enum CXVisitorResult add_field(CXCursor c, CXClientData data)
{
	struct layout *l = data;
	struct fact_set *set = l->x->set;
	CXType type = clang_getCursorType(c);
	long long size = clang_Type_getSizeOf(type);
	long long align = clang_Type_getAlignOf(type);
	long long offset = clang_Cursor_getOffsetOfField(c);
	struct field_layout *f;

	ALLOC_GROW(set->fields, set->nr_fields + 1, set->alloc_fields);
	f = &set->fields[set->nr_fields++];
	memset(f, 0, sizeof(*f));
	f->name = extract_clang_str(l->x, clang_getCursorSpelling(c));
	f->type = extract_clang_str(l->x, clang_getTypeSpelling(type));
	f->offset = offset > 0 ? (uint32_t)(offset / 8) : 0;
	f->size = size > 0 ? (uint32_t)size : 0;
	f->align = align > 0 ? (uint32_t)align : 1;
	l->record->nr_fields++;
	return CXVisit_Continue;
}

/* Remember how the struct around `field` is laid out, once. */
static void want_record(struct extractor *x, CXCursor field, uint32_t name)
{
	CXCursor decl = clang_getCursorSemanticParent(field);
	CXType type = clang_getCursorType(decl);
	struct fact_set *set = x->set;
	struct record_layout r = { .name = name };
	struct layout layout = { x, &r };
	CXFile file = NULL;
	char *path;
	uint32_t i;

	for (i = 0; i < set->nr_records; i++)
		if (set->records[i].name == name)
			return;
	clang_getFileLocation(clang_getCursorLocation(decl), &file, &r.line,
			      NULL, NULL);
	path = extract_path(x, file);
	r.file = extract_str(x, path);
	free(path);
	r.size = clang_Type_getSizeOf(type) > 0 ?
		(uint32_t)clang_Type_getSizeOf(type) : 0;
	r.first_field = set->nr_fields;
	clang_Type_visitFields(type, add_field, &layout);
	ALLOC_GROW(set->records, set->nr_records + 1, set->alloc_records);
	set->records[set->nr_records++] = r;
}

/* The variable or member that `&x[i]`, `x->y.z`, `*x` designates. */
static CXCursor designated(struct extractor *x, CXCursor c, uint32_t *flags)
{
	for (;;) {
		size_t first, nr;
		CXCursor child;
		enum CXUnaryOperatorKind op;

		c = bare(x, c, true);
		switch (clang_getCursorKind(c)) {
		case CXCursor_ArraySubscriptExpr:
		case CXCursor_BinaryOperator:
			*flags |= DETAIL_ELEMENT;
			break;
		case CXCursor_UnaryOperator:
			op = clang_getCursorUnaryOperatorKind(c);
			if (op == CXUnaryOperator_AddrOf)
				*flags |= DETAIL_ADDRESS;
			else if (op == CXUnaryOperator_Deref)
				*flags |= DETAIL_ELEMENT;
			else
				return c;
			break;
		default:
			return c;
		}
		nr = extract_children(x, c, &first);
		child = nr ? x->stack[first] : c;
		extract_pop(x, first);
		if (!nr)
			return c;
		c = child;
	}
}

static void describe_member(struct extractor *x, CXCursor expr,
			    struct arg_detail *d)
{
	CXCursor field = clang_getCursorReferenced(expr);
	char record[256];

	if (clang_getCursorKind(field) != CXCursor_FieldDecl ||
	    !extract_record(clang_getCursorSemanticParent(field), record,
			    sizeof(record)))
		return;
	d->record = extract_str(x, record);
	d->field = extract_clang_str(x, clang_getCursorSpelling(field));
	if (is_array(expr))
		d->flags |= DETAIL_ADDRESS;
	if (d->flags & DETAIL_ADDRESS)
		want_record(x, field, d->record);
}

static void describe_variable(CXCursor expr, struct arg_detail *d)
{
	CXCursor decl = clang_getCursorReferenced(expr);
	CXCursor parent = clang_getCursorSemanticParent(decl);
	enum CX_StorageClass storage = clang_Cursor_getStorageClass(decl);

	if (clang_getCursorKind(decl) != CXCursor_VarDecl)
		return;
	if (is_array(expr))
		d->flags |= DETAIL_ADDRESS;
	if ((d->flags & DETAIL_ADDRESS) &&
	    clang_getCursorKind(parent) == CXCursor_FunctionDecl &&
	    storage != CX_SC_Static && storage != CX_SC_Extern &&
	    (is_array(expr) || !(d->flags & DETAIL_ELEMENT)))
		d->flags |= DETAIL_LOCAL;
}

void extract_details(struct extractor *x, CXCursor call, CXCursor name,
		     uint32_t op)
{
	int nr = clang_Cursor_getNumArguments(call), i;
	struct fact_set *set = x->set;
	uint32_t first = set->nr_details;
	unsigned int offset = 0;

	clang_getFileLocation(clang_getCursorLocation(name), NULL, NULL, NULL,
			      &offset);
	nr = (int)set->ops[x->fn.first_op + op].nr_args;
	for (i = 0; i < nr; i++) {
		CXCursor arg = clang_Cursor_getArgument(call,
							(unsigned int)i);
		struct arg_detail d = { 0 };
		CXCursor what;

		d.text = text_of(x, arg, offset);
		d.type = type_of(x, arg);
		if (!*facts_str(set, d.text))
			d.flags |= DETAIL_MACRO;
		what = designated(x, arg, &d.flags);
		if (clang_getCursorKind(what) == CXCursor_MemberRefExpr)
			describe_member(x, what, &d);
		else if (clang_getCursorKind(what) == CXCursor_DeclRefExpr)
			describe_variable(what, &d);
		ALLOC_GROW(set->details, set->nr_details + 1,
			   set->alloc_details);
		set->details[set->nr_details++] = d;
	}
	if (nr)
		set->ops[x->fn.first_op + op].first_detail = first;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n'))
		p++;
	return p;
}

static bool in_name(char c)
{
	return c == '_' || isalnum((unsigned char)c);
}

/* "EXPORT_SYMBOL_X(name, arguments)" at `p`; what follows it. */
static const char *read_export(struct extractor *x, const char *p,
			       const char *end, struct export_fact *e)
{
	const char *start = p;
	struct buffer rest = BUFFER_INIT;

	while (p < end && in_name(*p))
		p++;
	e->macro = intern_mem(&x->set->strings, start, (size_t)(p - start));
	p = skip_blanks(p, end);
	if (p == end || *p++ != '(')
		return NULL;
	start = p = skip_blanks(p, end);
	while (p < end && in_name(*p))
		p++;
	if (p == start)
		return NULL;
	e->name = intern_mem(&x->set->strings, start, (size_t)(p - start));
	p = skip_blanks(p, end);
	if (p < end && *p == ',')
		p = skip_blanks(p + 1, end);
	start = p;
	while (p < end && *p != ')')
		p++;
	add_squeezed(&rest, start, (size_t)(p - start));
	e->arguments = intern_mem(&x->set->strings,
				  rest.data ? rest.data : "", rest.len);
	buffer_release(&rest);
	return p;
}

void extract_exports(struct extractor *x)
{
	static const char word[] = "EXPORT_SYMBOL";
	struct fact_set *set = x->set;
	const char *text, *p, *end, *line;
	unsigned int nr_lines = 1;
	size_t len;

	text = clang_getFileContents(x->tu, x->main_file, &len);
	if (!text)
		return;
	end = text + len;
	/* They stand at the start of a line, by the kernel's coding style. */
	for (line = text; line < end; line = p + 1, nr_lines++) {
		struct export_fact e = { .line = nr_lines, .column = 1 };

		p = memchr(line, '\n', (size_t)(end - line));
		if (!p)
			p = end;
		if ((size_t)(p - line) < sizeof(word) ||
		    memcmp(line, word, sizeof(word) - 1) ||
		    !read_export(x, line, end, &e))
			continue;
		ALLOC_GROW(set->exports, set->nr_exports + 1,
			   set->alloc_exports);
		set->exports[set->nr_exports++] = e;
	}
}

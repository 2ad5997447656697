// SPDX-License-Identifier: GPL-2.0-only
/* How the arguments of a call are written, and the structs they lie in. */
#include "facts/extract/internal.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/strbuf.h"

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

/* Past white space, comments and line continuations. */
static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end) {
		const char *q = NULL;

		if (isspace((unsigned char)*p)) {
			p++;
			continue;
		}
		if (*p == '\\' && p + 1 < end && p[1] == '\n') {
			p += 2;
			continue;
		}
		if (*p != '/' || p + 1 == end)
			return p;
		if (p[1] == '/')
			q = memchr(p, '\n', (size_t)(end - p));
		else if (p[1] == '*')
			q = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);
		else
			return p;
		p = q ? q + (p[1] == '*' ? 2 : 1) : end;
	}
	return end;
}

/* The end of the string or character that starts at `p`, else the next one. */
static const char *skip_token(const char *p, const char *end)
{
	char quote = *p++;

	if (quote != '"' && quote != '\'')
		return p;
	while (p < end && *p != quote)
		p += *p == '\\' ? 2 : 1;
	return p < end ? p + 1 : end;
}

/*
 * Add what starts at `p` and ends at a bracket that closes or, with `comma`,
 * at a comma: white space squeezed, comments left out. Returns where it ends.
 */
static const char *add_squeezed(struct strbuf *buf, const char *p,
				const char *end, bool comma)
{
	unsigned int depth = 0;
	bool blank = false, full = false;

	while (p < end) {
		const char *next = skip_blanks(p, end);
		size_t len;

		if (next != p) {
			blank = true;
			p = next;
			continue;
		}
		if (!depth && (strchr(")]}", *p) || (comma && *p == ',')))
			break;
		if (strchr("([{", *p))
			depth++;
		else if (strchr(")]}", *p))
			depth--;
		next = skip_token(p, end);
		len = (size_t)(next - p);
		if (memchr(p, '\0', len))
			break;
		full |= buf->len + blank + len > MAX_TEXT;
		if (!full && blank && buf->len)
			strbuf_addch(buf, ' ');
		if (!full)
			strbuf_add(buf, p, len);
		blank = false;
		p = next;
	}
	return p;
}

/*
 * The argument as the source has it; "" if it comes from a macro, in whole
 * or in part. In the arguments of a macro the ends of ranges cannot be relied
 * upon, where other macros are in them: it is the text that tells.
 */
static uint32_t text_of(struct extractor *x, CXCursor call, CXCursor arg,
			unsigned int name)
{
	CXSourceRange range = clang_getCursorExtent(arg);
	unsigned int start, end, call_end;
	struct strbuf buf = STRBUF_INIT;
	CXFile file, end_file;
	const char *text, *stop;
	uint32_t id;
	size_t len;

	clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL,
			      &start);
	clang_getFileLocation(clang_getRangeEnd(range), &end_file, NULL, NULL,
			      &end);
	clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(call)),
			      NULL, NULL, NULL, &call_end);
	text = file ? extract_text(x, file, &len) : NULL;
	if (!text || file != end_file || start <= name || end < start ||
	    end == call_end || end > len)
		return extract_str(x, "");
	stop = add_squeezed(&buf, text + start, text + len, true);
	id = stop < text + end || !buf.len ? extract_str(x, "") :
		intern_mem(&x->set->strings, buf.buf, buf.len);
	strbuf_release(&buf);
	return id;
}

/* Whether an expression that is read from `p` on ends there. */
static bool ends_text(const char *p, const char *end, bool lvalue)
{
	char next = p + 1 < end ? p[1] : '\0';

	if (strchr(")]},;{?:", *p) || (*p == next && strchr("&|", *p)))
		return true;
	return lvalue && (*p == '=' || (*p == next && strchr("+-", *p)) ||
			  (next == '=' && strchr("+-*/%|&^", *p)) ||
			  (*p == next && strchr("<>", *p)));
}

static uint32_t text_from(struct extractor *x, CXCursor expr, bool lvalue)
{
	CXSourceLocation start =
		clang_getRangeStart(clang_getCursorExtent(expr));
	struct strbuf buf = STRBUF_INIT;
	unsigned int offset, spelled, depth = 0;
	const char *text, *p, *end;
	CXFile file, spelled_file;
	bool blank = false;
	uint32_t id = 0;
	size_t len;

	clang_getFileLocation(start, &file, NULL, NULL, &offset);
	clang_getSpellingLocation(start, &spelled_file, NULL, NULL, &spelled);
	text = file ? extract_text(x, file, &len) : NULL;
	/* What a macro stands for is not where the macro is. */
	if (!text || file != spelled_file || offset != spelled || offset >= len)
		return 0;
	end = text + len;
	for (p = text + offset; p < end;) {
		const char *next = skip_blanks(p, end);

		if (next != p) {
			blank = true;
			p = next;
			continue;
		}
		if (!depth && ends_text(p, end, lvalue))
			break;
		if (strchr("([{", *p))
			depth++;
		else if (strchr(")]}", *p))
			depth--;
		/* "->" is no end, and neither is it blank. */
		next = skip_token(p, end);
		if (*p == '\0' || buf.len > MAX_TEXT)
			break;
		if (blank && buf.len)
			strbuf_add(&buf, " ", 1);
		strbuf_add(&buf, p, (size_t)(next - p));
		blank = false;
		p = next;
	}
	if (buf.len && buf.len <= MAX_TEXT)
		id = intern_mem(&x->set->strings, buf.buf, buf.len);
	strbuf_release(&buf);
	return id;
}

uint32_t extract_condition_text(struct extractor *x, CXCursor expr)
{
	uint32_t id = text_from(x, expr, false);

	return id ? id : extract_str(x, "");
}

uint32_t extract_lvalue_text(struct extractor *x, CXCursor expr)
{
	return text_from(x, expr, true);
}

/* Its spelling; of one without a name not where it stands: "struct[2]". */
static uint32_t type_str(struct extractor *x, CXType type)
{
	CXString s = clang_getTypeSpelling(type);
	const char *text = clang_getCString(s), *from, *to = NULL;
	struct strbuf buf = STRBUF_INIT;
	uint32_t id;

	from = strstr(text, " (unnamed ");
	if (from)
		to = strchr(from, ')');
	if (!to)
		return extract_clang_str(x, s);
	strbuf_add(&buf, text, (size_t)(from - text));
	strbuf_addstr(&buf, to + 1);
	clang_disposeString(s);
	id = intern_mem(&x->set->strings, buf.buf, buf.len);
	strbuf_release(&buf);
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
	return type_str(x, type);
}

static bool is_array(CXCursor c)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(c));

	return type.kind == CXType_ConstantArray ||
	       type.kind == CXType_IncompleteArray ||
	       type.kind == CXType_VariableArray;
}

struct layout {
	struct extractor *x;
	struct record_layout *record;
	long long base;		/* bits */
	uint32_t align;
};

static enum CXChildVisitResult find_aligned(CXCursor c, CXCursor parent,
					    CXClientData data)
{
	(void)parent;
	*(bool *)data |= clang_getCursorKind(c) == CXCursor_AlignedAttr;
	return CXChildVisit_Continue;
}

/*
 * The alignment of a field at `offset`. What it was given libclang does not
 * tell, only that it was: the most that the struct and its place allow for.
 */
static uint32_t align_of(const struct layout *l, CXCursor field,
			 uint32_t offset)
{
	long long align = clang_Type_getAlignOf(clang_getCursorType(field));
	bool given = false;

	clang_visitChildren(field, find_aligned, &given);
	if (given)
		align = offset && (offset & -offset) < l->align ?
			(offset & -offset) : l->align;
	return align > 0 ? (uint32_t)align : 1;
}

static enum CXVisitorResult add_field(CXCursor c, CXClientData data)
{
	struct layout *l = data, inside = *l;
	struct fact_set *set = l->x->set;
	CXType type = clang_getCursorType(c);
	CXType canonical = clang_getCanonicalType(type);
	CXCursor decl = clang_getTypeDeclaration(canonical);
	long long size = clang_Type_getSizeOf(type);
	long long offset = clang_Cursor_getOffsetOfField(c);
	struct field_layout *f;

	/* What has no name of its own is part of the struct around it. */
	inside.base += offset > 0 ? offset : 0;
	if (canonical.kind == CXType_Record && clang_Cursor_isAnonymous(decl))
		clang_Type_visitFields(canonical, add_field, &inside);
	if (clang_Cursor_isAnonymousRecordDecl(decl))
		return CXVisit_Continue;
	ALLOC_GROW(set->fields, set->nr_fields + 1, set->alloc_fields);
	f = &set->fields[set->nr_fields++];
	memset(f, 0, sizeof(*f));
	f->name = extract_clang_str(l->x, clang_getCursorSpelling(c));
	f->type = type_str(l->x, type);
	f->offset = (uint32_t)(inside.base / 8);
	f->size = size > 0 ? (uint32_t)size : 0;
	f->align = align_of(l, c, f->offset);
	l->record->nr_fields++;
	return CXVisit_Continue;
}

/* The declaration whose name extract_record() gives. */
static CXCursor named_record(CXCursor field)
{
	CXCursor decl = clang_getCursorSemanticParent(field);

	while (clang_Cursor_isAnonymous(decl))
		decl = clang_getCursorSemanticParent(decl);
	return decl;
}

/* Remember how the struct around `field` is laid out, once. */
static void request_record(struct extractor *x, CXCursor field, uint32_t name)
{
	CXCursor decl = named_record(field);
	CXType type = clang_getCursorType(decl);
	struct fact_set *set = x->set;
	struct record_layout r = { .name = name };
	struct layout layout = { x, &r, 0, 1 };
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
	layout.align = clang_Type_getAlignOf(type) > 0 ?
		(uint32_t)clang_Type_getAlignOf(type) : 1;
	clang_Type_visitFields(type, add_field, &layout);
	ALLOC_GROW(set->records, set->nr_records + 1, set->alloc_records);
	set->records[set->nr_records++] = r;
}

static bool is_pointer(CXCursor c)
{
	return clang_getCanonicalType(clang_getCursorType(c)).kind ==
	       CXType_Pointer;
}

/* p + i, dma - i: what is computed from an address, so no constant. */
static bool is_index(struct extractor *x, CXCursor c)
{
	enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
	size_t first, nr = extract_children(x, c, &first);
	bool constant = nr && !is_pointer(c) &&
		clang_getCursorKind(bare(x, x->stack[first], true)) ==
			CXCursor_IntegerLiteral;

	extract_pop(x, first);
	return !constant && (op == CXBinaryOperator_Add ||
			     op == CXBinaryOperator_Sub);
}

static bool is_address_of(CXCursor c)
{
	return clang_getCursorKind(c) == CXCursor_UnaryOperator &&
	       clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_AddrOf;
}

/* Whether what it points to is not a part of what is named in it. */
static bool leads_away(struct extractor *x, CXCursor c)
{
	c = bare(x, c, true);
	return is_pointer(c) && !is_address_of(c);
}

/*
 * The variable or member that `&x[i]`, `x->y.z`, `*x` designates. *within is
 * cleared if it is a pointer to what is meant.
 */
static CXCursor designated(struct extractor *x, CXCursor c, uint32_t *flags,
			   bool *within)
{
	bool read = false;	/* what is there, and no longer where it is */

	for (;;) {
		size_t first, nr;
		CXCursor child;
		enum CXUnaryOperatorKind op;

		c = bare(x, c, true);
		if (!read && is_array(c))
			*flags |= DETAIL_ADDRESS;
		switch (clang_getCursorKind(c)) {
		case CXCursor_BinaryOperator:
			if (!is_index(x, c))
				return c;
			*flags |= DETAIL_ELEMENT;
			break;
		case CXCursor_ArraySubscriptExpr:
			*flags |= DETAIL_ELEMENT;
			read |= !(*flags & DETAIL_ADDRESS);
			break;
		case CXCursor_UnaryOperator:
			op = clang_getCursorUnaryOperatorKind(c);
			if (op == CXUnaryOperator_AddrOf) {
				*flags |= read ? 0 : DETAIL_ADDRESS;
			} else if (op == CXUnaryOperator_Deref) {
				*flags |= DETAIL_ELEMENT;
				read |= !(*flags & DETAIL_ADDRESS);
			} else {
				return c;
			}
			break;
		default:
			return c;
		}
		nr = extract_children(x, c, &first);
		child = nr ? x->stack[first] : c;
		/* 1 + p, as p + 1; an array is a pointer here already. */
		if (nr == 2 && !is_pointer(child) &&
		    is_pointer(x->stack[first + 1]))
			child = x->stack[first + 1];
		extract_pop(x, first);
		if (!nr)
			return c;
		*within &= is_address_of(c) || !leads_away(x, child);
		c = child;
	}
}

static bool is_local(CXCursor expr)
{
	CXCursor decl = clang_getCursorReferenced(expr);
	CXCursor parent = clang_getCursorSemanticParent(decl);
	enum CXCursorKind kind = clang_getCursorKind(decl);
	enum CX_StorageClass storage = clang_Cursor_getStorageClass(decl);

	return kind == CXCursor_ParmDecl ||
	       (kind == CXCursor_VarDecl &&
		clang_getCursorKind(parent) == CXCursor_FunctionDecl &&
		storage != CX_SC_Static && storage != CX_SC_Extern);
}

/* Whether `c` is, or is a part of, a variable on the stack. */
static bool on_stack(struct extractor *x, CXCursor c)
{
	for (;;) {
		enum CXCursorKind kind;
		size_t first, nr;
		CXCursor base;

		c = bare(x, c, false);
		kind = clang_getCursorKind(c);
		if (kind == CXCursor_DeclRefExpr)
			return is_local(c);
		if (kind != CXCursor_MemberRefExpr &&
		    kind != CXCursor_ArraySubscriptExpr)
			return false;
		nr = extract_children(x, c, &first);
		base = nr ? bare(x, x->stack[first], false) : c;
		extract_pop(x, first);
		if (!nr || leads_away(x, base))
			return false;
		c = base;
	}
}

static void describe_member(struct extractor *x, CXCursor expr, bool within,
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
	if ((d->flags & DETAIL_ADDRESS) && within)
		request_record(x, field, d->record);
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
		bool within = true;
		CXCursor what;

		d.text = text_of(x, call, arg, offset);
		d.type = type_of(x, arg);
		if (!*facts_str(set, d.text))
			d.flags |= DETAIL_MACRO;
		what = designated(x, arg, &d.flags, &within);
		if ((d.flags & DETAIL_ADDRESS) && within && on_stack(x, what))
			d.flags |= DETAIL_LOCAL;
		if (clang_getCursorKind(what) == CXCursor_MemberRefExpr)
			describe_member(x, what, within, &d);
		ALLOC_GROW(set->details, set->nr_details + 1,
			   set->alloc_details);
		set->details[set->nr_details++] = d;
	}
	if (nr)
		set->ops[x->fn.first_op + op].first_detail = first;
}

/* "EXPORT_SYMBOL_X(name, arguments)" at `p`; what follows it. */
static const char *read_export(struct extractor *x, const char *p,
			       const char *end, struct export_fact *e)
{
	const char *start = p;
	struct strbuf rest = STRBUF_INIT;

	while (p < end && ctext_in_name(*p))
		p++;
	e->macro = intern_mem(&x->set->strings, start, (size_t)(p - start));
	p = skip_blanks(p, end);
	if (p == end || *p++ != '(')
		return NULL;
	start = p = skip_blanks(p, end);
	while (p < end && ctext_in_name(*p))
		p++;
	if (p == start)
		return NULL;
	e->name = intern_mem(&x->set->strings, start, (size_t)(p - start));
	p = skip_blanks(p, end);
	if (p < end && *p == ',')
		p = skip_blanks(p + 1, end);
	p = add_squeezed(&rest, p, end, false);
	e->arguments = intern_mem(&x->set->strings, rest.buf, rest.len);
	strbuf_release(&rest);
	return p;
}

void extract_exports(struct extractor *x)
{
	static const char word[] = "EXPORT_SYMBOL";
	struct fact_set *set = x->set;
	const char *text, *p, *end, *line;
	unsigned int nr_lines = 1;
	size_t len;

	text = extract_text(x, x->main_file, &len);
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

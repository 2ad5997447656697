// SPDX-License-Identifier: GPL-2.0-only
/* Extracts calls: the called function, its arguments, and how they are written. */
#include "facts/extract/internal.h"
#include "lib/alloc.h"

static bool in_header(const char *path)
{
	size_t n = strlen(path);

	return n > 2 && !strcmp(path + n - 2, ".h");
}

char *extract_function_key(const struct extractor *x, CXCursor decl)
{
	CXCursor def = clang_getCursorDefinition(decl);
	CXString name = clang_getCursorSpelling(decl);
	bool internal =
		clang_Cursor_getStorageClass(decl) == CX_SC_Static;
	CXFile file = NULL;
	char *path, *key;

	if (!clang_Cursor_isNull(def))
		decl = def;
	clang_getFileLocation(clang_getCursorLocation(decl), &file, NULL,
			      NULL, NULL);
	path = extract_path(x, file);
	/* An inline of a header is defined anew wherever it is included. */
	if (internal || (!clang_Cursor_isNull(def) && in_header(path)))
		key = xstrfmt("%s:%s", path, clang_getCString(name));
	else
		key = xstrdup(clang_getCString(name));
	clang_disposeString(name);
	free(path);
	return key;
}

/* The identifier at which `at` starts in its file; "" if it is none. */
static const char *identifier(struct extractor *x, CXCursor at, size_t *nr)
{
	unsigned int offset;
	const char *text, *p, *end;
	size_t len;
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(at), &file, NULL, NULL,
			      &offset);
	text = file ? extract_text(x, file, &len) : NULL;
	*nr = 0;
	if (!text || offset >= len)
		return "";
	end = text + len;
	for (p = text + offset; p < end; p++)
		if (!(*p == '_' || (*p >= '0' && *p <= '9') ||
		      (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')))
			break;
	*nr = (size_t)(p - (text + offset));
	return text + offset;
}

/* The name as the source has it: dma_map_page, not dma_map_page_attrs. */
uint32_t extract_spelling(struct extractor *x, CXCursor at)
{
	size_t nr;
	const char *name = identifier(x, at, &nr);

	return intern_mem(&x->set->strings, name, nr);
}

bool extract_macro(struct extractor *x, CXCursor at, uint32_t *id)
{
	size_t nr;
	const char *name = identifier(x, at, &nr);

	if (!nr || (*name >= '0' && *name <= '9'))
		return false;
	*id = intern_mem(&x->set->strings, name, nr);
	return true;
}

/* Look through casts and parentheses for the name that is called. */
static CXCursor callee_name(struct extractor *x, CXCursor c)
{
	for (;;) {
		size_t first, nr;
		CXCursor child;

		switch (clang_getCursorKind(c)) {
		case CXCursor_UnexposedExpr:
		case CXCursor_ParenExpr:
		case CXCursor_CStyleCastExpr:
		case CXCursor_UnaryOperator:
			break;
		default:
			return c;
		}
		nr = extract_children(x, c, &first);
		child = nr ? x->stack[first + nr - 1] : c;
		extract_pop(x, first);
		if (!nr)
			return c;
		c = child;
	}
}

/* sg_phys() is of type dma_addr_t, and yet what it returns is memory. */
static bool returns_memory(const struct extractor *x, CXCursor target)
{
	CXString name = clang_getCursorSpelling(target);
	const struct api_function *api = api_function(x->api,
						clang_getCString(name));
	size_t i;

	clang_disposeString(name);
	for (i = 0; api && i < api->nr_transfers; i++)
		if (api->transfers[i].to.arg == API_RETURN)
			return true;
	return false;
}

static uint32_t result_place(struct extractor *x, CXCursor call,
			     CXCursor target, uint32_t op)
{
	struct place p = { .kind = PLACE_CALL, .number = op };
	char record[256];
	bool is_pointer;

	p.carry = (uint8_t)extract_carry(x, clang_getCursorType(call),
					 &is_pointer);
	if (p.carry == CARRY_NOTHING)
		return NO_PLACE;
	if (p.carry == CARRY_DMA_ADDR && returns_memory(x, target))
		p.carry = CARRY_WORD;
	if (p.carry == CARRY_OBJECT &&
	    extract_type_record(clang_getCursorType(call), record,
				sizeof(record)))
		p.record = extract_str(x, record);
	p.is_pointer = is_pointer;
	p.name = extract_str(x, "");
	return extract_place(x, &p);
}

/* Objects are told apart by nothing but their type: no need to keep them. */
static struct val keepable(struct extractor *x, struct val val)
{
	struct val out = { x->nr_scratch, 0 };
	uint32_t i;

	for (i = 0; i < val.nr; i++) {
		struct term t = x->scratch[val.first + i];

		if (t.kind == TERM_PLACE &&
		    x->set->places[x->fn.first_place + t.place].carry ==
			    CARRY_OBJECT) {
			t.kind = TERM_UNKNOWN;
			t.place = 0;
		}
		ALLOC_GROW(x->scratch, x->nr_scratch + 1, x->alloc_scratch);
		x->scratch[x->nr_scratch++] = t;
		out.nr++;
	}
	return out;
}

static bool is_api(struct extractor *x, CXCursor target, uint32_t spelled)
{
	CXString name = clang_getCursorSpelling(target);
	bool yes = api_function(x->api, facts_str(x->set, spelled)) ||
		   api_function(x->api, clang_getCString(name));

	clang_disposeString(name);
	return yes;
}

static bool is_named(CXCursor function, const char *name)
{
	CXString s = clang_getCursorSpelling(function);
	bool yes = clang_getCString(s) && !strcmp(clang_getCString(s), name);

	clang_disposeString(s);
	return yes;
}

/* panic(), and what BUG() ends in. */
static bool never_returns(CXCursor function)
{
	CXType type = clang_getCursorType(function);
	CXString s;
	bool yes;

	if (clang_getCursorKind(function) != CXCursor_FunctionDecl ||
	    clang_getResultType(type).kind != CXType_Void)
		return false;
	s = clang_getTypeSpelling(type);
	yes = strstr(clang_getCString(s), "noreturn") ||
	      is_named(function, "__builtin_unreachable");
	clang_disposeString(s);
	return yes;
}

struct val extract_call(struct extractor *x, CXCursor call)
{
	struct fact_set *set = x->set;
	size_t first, nr = extract_children(x, call, &first), i;
	uint32_t first_arg, result, index;
	int nr_args = clang_Cursor_getNumArguments(call);
	struct value args[32], callee;
	CXCursor name, target;
	struct op *op;

	if (!nr || nr_args < 0) {
		extract_pop(x, first);
		return extract_unknown_val(x);
	}
	name = callee_name(x, x->stack[first]);
	target = clang_getCursorReferenced(name);
	if (nr_args > 0 && is_named(target, "__builtin_expect")) {
		extract_pop(x, first);
		return extract_expr(x, clang_Cursor_getArgument(call, 0));
	}
	if (clang_getCursorKind(target) == CXCursor_FunctionDecl) {
		char *key = extract_function_key(x, target);

		extract_request_header(x, clang_getCursorDefinition(target), key);
		free(key);
	}
	callee = extract_keep(x, extract_expr(x, x->stack[first]));
	if ((size_t)nr_args > ARRAY_SIZE(args))
		nr_args = ARRAY_SIZE(args);
	for (i = 0; i < (size_t)nr_args; i++) {
		struct val v = extract_expr(x,
			clang_Cursor_getArgument(call, (unsigned int)i));

		args[i] = extract_keep(x, keepable(x, v));
	}
	extract_pop(x, first);

	first_arg = set->nr_args;
	ALLOC_GROW(set->args, set->nr_args + (uint32_t)nr_args,
		   set->alloc_args);
	if (nr_args)
		memcpy(set->args + first_arg, args,
		       (size_t)nr_args * sizeof(*args));
	set->nr_args += (uint32_t)nr_args;
	index = set->nr_ops - x->fn.first_op;
	result = result_place(x, call, target, index);
	op = extract_op(x, OP_CALL, name);
	op->value = callee;
	op->first_arg = first_arg - x->fn.first_arg;
	op->nr_args = (uint16_t)nr_args;
	op->dst = result;
	op->spelling = extract_spelling(x, name);
	if (is_api(x, target, op->spelling))
		extract_details(x, call, name, index);
	if (never_returns(target)) {
		x->set->ops[x->fn.first_op + index].flags |= CALL_NO_RETURN;
		extract_end_flow(x);
	}
	return result == NO_PLACE ? extract_unknown_val(x) :
				    extract_place_val(x, result);
}

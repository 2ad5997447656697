// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parses one file with libclang, and extracts the facts of its functions and of those
 * in its headers; called in a worker process of pool.c.
 */
#include "facts/extract/internal.h"

#include <uthash.h>

#include "lib/alloc.h"
#include "compile/compile-db.h"
#include "tree/tree.h"

struct header_function {
	UT_hash_handle hh;
	CXCursor definition;
	char key[];
};

char *extract_path(const struct extractor *x, CXFile file)
{
	struct extractor *cache = (struct extractor *)x;
	char *path;

	if (!file)
		return xstrdup("");
	if (file == cache->path_file)
		return xstrdup(cache->path);
	/* Its real path is another one where it is a symbolic link. */
	if (x->main_file && clang_File_isEqual(file, x->main_file))
		return xstrdup(x->command->file);
	path = extract_file_path(x->tree, file);
	free(cache->path);
	cache->path = path;
	cache->path_file = file;
	return xstrdup(path);
}

static struct fact_set *new_set(struct extracted *out)
{
	ALLOC_GROW(out->sets, out->nr_sets + 1, out->alloc_sets);
	facts_init(&out->sets[out->nr_sets]);
	return &out->sets[out->nr_sets++];
}

static bool in_main_source(struct extractor *x, CXCursor c)
{
	CXFile file = NULL;
	char *path;
	size_t n;
	bool yes;

	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL,
			      NULL);
	if (!file)
		return false;
	if (clang_File_isEqual(file, x->main_file))
		return true;
	/* "#include "other.c"" is this file's own code. */
	path = extract_path(x, file);
	n = strlen(path);
	yes = n > 2 && !strcmp(path + n - 2, ".c");
	free(path);
	return yes;
}

/* Whether `type` speaks of DMA: an address for it, a direction. */
static bool is_dma_type(CXType type)
{
	CXString s;
	bool yes;

	if (type.kind == CXType_Pointer)
		type = clang_getPointeeType(type);
	s = clang_getTypeSpelling(type);
	yes = !strcmp(clang_getCString(s), "dma_addr_t") ||
	      !strcmp(clang_getCString(s), "enum dma_data_direction");
	clang_disposeString(s);
	return yes;
}

/*
 * A function is relevant if memory can pass through it. One of a driver's own header may
 * also reach it through an object's fields; one that returns a DMA address
 * maps, one that takes an address and a direction maps, unmaps or syncs it.
 */
static bool can_be_relevant(const struct extractor *x, CXCursor definition,
			    const char *key)
{
	int i, n = clang_Cursor_getNumArguments(definition);
	bool is_pointer, address = false, dma;
	enum carry result = extract_carry(x,
		clang_getCursorResultType(definition), &is_pointer);

	dma = is_dma_type(clang_getCursorResultType(definition));
	if (!tree_is_kernel_wide(key) || result == CARRY_CONTAINER ||
	    result == CARRY_POINTER || result == CARRY_WORD || dma)
		return true;
	for (i = 0; i < n; i++) {
		CXType type = clang_getCursorType(
			clang_Cursor_getArgument(definition,
						 (unsigned int)i));

		switch (extract_carry(x, type, &is_pointer)) {
		case CARRY_CONTAINER:
		/* A callback may be all that a helper is there for. */
		case CARRY_FUNCTION:
			return true;
		case CARRY_POINTER:
		case CARRY_WORD:
		case CARRY_DMA_ADDR:
			address = true;
			break;
		default:
			break;
		}
		dma |= is_dma_type(type);
	}
	return address && dma;
}

void extract_request_header(struct extractor *x, CXCursor definition, const char *key)
{
	const char *name = strrchr(key, ':');
	struct header_function *f;

	if (clang_Cursor_isNull(definition) || !name ||
	    in_main_source(x, definition))
		return;
	HASH_FIND_STR(x->headers, key, f);
	if (f || api_function(x->api, name + 1) ||
	    !can_be_relevant(x, definition, key))
		return;
	f = xcalloc(1, sizeof(*f) + strlen(key) + 1);
	memcpy(f->key, key, strlen(key) + 1);
	f->definition = definition;
	HASH_ADD_STR(x->headers, key, f);
	ALLOC_GROW(x->queue, x->nr_queue + 1, x->alloc_queue);
	x->queue[x->nr_queue++] = f;
}

static void name_params(struct extractor *x, CXCursor definition)
{
	uint32_t i;

	for (i = 0; i < x->fn.nr_params; i++)
		extract_variable(x, clang_Cursor_getArgument(definition, i));
}

static void return_place(struct extractor *x, CXCursor definition)
{
	CXType type = clang_getCursorResultType(definition);
	struct place p = { .kind = PLACE_RETURN };
	char record[256];
	bool is_pointer;

	p.carry = (uint8_t)extract_carry(x, type, &is_pointer);
	if (p.carry == CARRY_NOTHING)
		return;
	if (p.carry == CARRY_OBJECT &&
	    extract_type_record(type, record, sizeof(record)))
		p.record = extract_str(x, record);
	p.is_pointer = is_pointer;
	p.name = extract_str(x, "");
	extract_place(x, &p);
}

static CXCursor body_of(struct extractor *x, CXCursor definition)
{
	size_t first, nr = extract_children(x, definition, &first), i;
	CXCursor body = clang_getNullCursor();

	for (i = 0; i < nr; i++)
		if (clang_getCursorKind(x->stack[first + i]) ==
		    CXCursor_CompoundStmt)
			body = x->stack[first + i];
	extract_pop(x, first);
	return body;
}

static void read_function(struct extractor *x, struct fact_set *set,
			  CXCursor definition, bool header)
{
	struct function fn = { 0 };
	int nr_params = clang_Cursor_getNumArguments(definition);
	char *key = extract_function_key(x, definition), *path;
	CXFile file = NULL;

	x->set = set;
	clang_getFileLocation(clang_getCursorLocation(definition), &file,
			      &fn.line, NULL, NULL);
	path = extract_path(x, file);
	fn.file = extract_str(x, path);
	fn.key = extract_str(x, key);
	fn.name = extract_clang_str(x, clang_getCursorSpelling(definition));
	fn.nr_params = nr_params > 0 ? (uint32_t)nr_params : 0;
	if (clang_Cursor_getStorageClass(definition) == CX_SC_Static)
		fn.flags |= FUNCTION_STATIC;
	if (header)
		fn.flags |= FUNCTION_HEADER;
	if (clang_getCanonicalType(clang_getCursorResultType(definition))
		    .kind == CXType_Bool)
		fn.flags |= FUNCTION_BOOL;
	extract_begin(x, set, &fn);
	return_place(x, definition);
	name_params(x, definition);
	extract_stmt(x, body_of(x, definition));
	extract_end(x);
	free(path);
	free(key);
}

static void read_variable(struct extractor *x, CXCursor decl)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(decl);

	if (!clang_Cursor_isNull(init))
		extract_init(x, extract_variable(x, decl),
			     clang_getCursorType(decl), init, false);
}

struct top_level {
	struct extractor *x;
	CXCursor *functions, *variables;
	size_t nr_functions, alloc_functions, nr_variables, alloc_variables;
};

static enum CXChildVisitResult sort_top_level(CXCursor c, CXCursor parent,
					      CXClientData data)
{
	struct top_level *top = data;
	enum CXCursorKind kind = clang_getCursorKind(c);

	(void)parent;
	if (kind == CXCursor_FunctionDecl && clang_isCursorDefinition(c) &&
	    in_main_source(top->x, c)) {
		ALLOC_GROW(top->functions, top->nr_functions + 1,
			   top->alloc_functions);
		top->functions[top->nr_functions++] = c;
	} else if (kind == CXCursor_VarDecl && in_main_source(top->x, c)) {
		ALLOC_GROW(top->variables, top->nr_variables + 1,
			   top->alloc_variables);
		top->variables[top->nr_variables++] = c;
	}
	return CXChildVisit_Continue;
}

/* The file's initialisers: a function of their own, whose key is the file. */
static void read_initialisers(struct extractor *x, struct fact_set *set,
			      const struct top_level *top)
{
	struct function fn = { .flags = FUNCTION_FILE, .line = 1 };
	char *path = extract_path(x, x->main_file);
	size_t i;

	x->set = set;
	fn.key = fn.name = fn.file = extract_str(x, path);
	extract_begin(x, set, &fn);
	extract_exports(x);
	for (i = 0; i < top->nr_variables; i++)
		read_variable(x, top->variables[i]);
	extract_end(x);
	free(path);
}

static void read_unit(struct extractor *x)
{
	struct fact_set *set = new_set(x->out);
	struct top_level top = { .x = x };
	size_t i;

	clang_visitChildren(clang_getTranslationUnitCursor(x->tu),
			    sort_top_level, &top);
	read_initialisers(x, set, &top);
	for (i = 0; i < top.nr_functions; i++)
		read_function(x, set, top.functions[i], false);
	free(top.functions);
	free(top.variables);
	/* Reading one may ask for others: the queue grows meanwhile. */
	for (i = 0; i < x->nr_queue; i++)
		read_function(x, new_set(x->out), x->queue[i]->definition,
			      true);
	extract_drop_blocks(x);
}

static void extractor_release(struct extractor *x)
{
	struct header_function *f, *next;

	HASH_ITER(hh, x->headers, f, next) {
		HASH_DEL(x->headers, f);
		free(f);
	}
	free(x->queue);
	free(x->labels);
	free(x->booleans);
	free(x->scratch);
	free(x->stack);
	free(x->path);
	extract_release_texts(x);
	if (x->tu)
		clang_disposeTranslationUnit(x->tu);
}

const char *extract(struct extracted *out, const struct tree *tree,
		    const struct compile_command *command, const struct api *api,
		    const char *pch)
{
	struct extractor x = {
		.tree = tree, .api = api, .out = out, .pch = pch,
		.command = command,
	};
	CXIndexOptions options = {
		.Size = sizeof(options),
		.ThreadBackgroundPriorityForIndexing = CXChoice_Disabled,
		.ThreadBackgroundPriorityForEditing = CXChoice_Disabled,
		.ExcludeDeclarationsFromPCH = 1,
	};
	CXIndex index = clang_createIndexWithOptions(&options);
	const char *failure = "libclang cannot be started";

	if (index)
		failure = extract_parse(&x, index);
	if (!failure)
		read_unit(&x);
	extractor_release(&x);
	if (index)
		clang_disposeIndex(index);
	return failure;
}

void extracted_release(struct extracted *out)
{
	size_t i;

	for (i = 0; i < out->nr_sets; i++)
		facts_release(&out->sets[i]);
	free(out->sets);
	for (i = 0; i < out->nr_headers; i++)
		free(out->headers[i]);
	free(out->headers);
	free(out->first_error);
	free(out->without_pch);
	free(out->blamed);
	*out = (struct extracted)EXTRACTED_INIT;
}

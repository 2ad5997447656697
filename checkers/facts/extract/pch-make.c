// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes a precompiled header, and writes down what each header in it includes
 * and tests, as clang saw it, for the parses that use it.
 */
#include "facts/extract/internal.h"

#include <inttypes.h>
#include <unistd.h>
#include <xxhash.h>

#include "compile/compile-db.h"
#include "facts/pch.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "tree/tree.h"

/* The name that libclang takes for the text with the #include lines. */
#define SOURCE_NAME "/dmacheck-pch.c"

/* Each drops all headers that it finds to be broken by others. */
#define MAX_ATTEMPTS 8

struct making {
	const struct tree *tree;
	struct strvec headers;		/* a line each */
	struct pch_info *info;
	CXIndex index;
	CXTranslationUnit tu;
	const char **args;
	size_t nr_args;
};

/* --- one attempt --- */

static const char *parse_headers(struct making *m)
{
	struct strbuf text = STRBUF_INIT;
	struct CXUnsavedFile file = { .Filename = SOURCE_NAME };
	enum CXErrorCode code;
	size_t i;

	for (i = 0; i < m->headers.nr; i++)
		strbuf_addf(&text, "#include <%s>\n", m->headers.v[i]);
	file.Contents = text.buf;
	file.Length = text.len;
	code = clang_parseTranslationUnit2(m->index, SOURCE_NAME, m->args,
			(int)m->nr_args, &file, 1,
			CXTranslationUnit_Incomplete |
			CXTranslationUnit_ForSerialization |
			CXTranslationUnit_KeepGoing |
			CXTranslationUnit_DetailedPreprocessingRecord, &m->tu);
	strbuf_release(&text);
	return code == CXError_Success ? NULL :
		"libclang cannot parse the headers";
}

/* The line of our text that a file was first included from. */
struct blame {
	CXFile file;
	unsigned int line;
};

static void find_includer(CXFile file, CXSourceLocation *stack,
			  unsigned int depth, CXClientData data)
{
	struct blame *b = data;

	if (depth && !b->line && clang_File_isEqual(file, b->file))
		clang_getFileLocation(stack[depth - 1], NULL, &b->line, NULL,
				      NULL);
}

static bool is_source(CXFile file)
{
	CXString name = clang_getFileName(file);
	const char *text = clang_getCString(name);
	bool yes = text && !strcmp(text, SOURCE_NAME);

	clang_disposeString(name);
	return yes;
}

/*
 * Mark the headers that have errors, alone or after those before them, in
 * `bad`, by line. Returns how many errors there are.
 */
static unsigned int find_bad(const struct making *m, bool *bad)
{
	unsigned int i, n = clang_getNumDiagnostics(m->tu), errors = 0;

	for (i = 0; i < n; i++) {
		CXDiagnostic d = clang_getDiagnostic(m->tu, i);
		struct blame b = { NULL, 0 };

		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error) {
			errors++;
			clang_getFileLocation(clang_getDiagnosticLocation(d),
					      &b.file, &b.line, NULL, NULL);
			if (b.file && !is_source(b.file)) {
				b.line = 0;
				clang_getInclusions(m->tu, find_includer, &b);
			}
			if (b.line && b.line <= m->headers.nr)
				bad[b.line - 1] = true;
		}
		clang_disposeDiagnostic(d);
	}
	return errors;
}

static size_t drop_bad(struct making *m, const bool *bad)
{
	struct strvec kept = STRVEC_INIT;
	size_t i, dropped = 0;

	for (i = 0; i < m->headers.nr; i++) {
		strvec_push(bad[i] ? &m->info->dropped : &kept,
			    m->headers.v[i]);
		dropped += bad[i];
	}
	strvec_release(&m->headers);
	m->headers = kept;
	return dropped;
}

static const char *parse_without_errors(struct making *m)
{
	unsigned int attempt, errors;

	for (attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
		const char *failure = parse_headers(m);
		size_t dropped;
		bool *bad;

		if (failure)
			return failure;
		bad = xcalloc(m->headers.nr + 1, sizeof(*bad));
		errors = find_bad(m, bad);
		dropped = errors ? drop_bad(m, bad) : 0;
		free(bad);
		if (!errors)
			return NULL;
		clang_disposeTranslationUnit(m->tu);
		m->tu = NULL;
		if (!dropped)
			break;
	}
	return "the headers that all files are given have errors";
}

/* --- what is in it --- */

struct edge {
	uint32_t from, to;
};

struct reading {
	struct making *m;
	struct edge *edges;
	size_t nr, alloc;
};

char *extract_file_path(const struct tree *tree, CXFile file)
{
	CXString name = clang_File_tryGetRealPathName(file);
	const char *s = clang_getCString(name);
	char *path;

	if (!s || !*s) {
		clang_disposeString(name);
		name = clang_getFileName(file);
		s = clang_getCString(name);
	}
	path = tree_path(tree, s);
	clang_disposeString(name);
	return path;
}

static void add_tests(struct pch_info *info, struct pch_file *file,
		      const char *text, size_t len)
{
	struct intern_pool tested = INTERN_POOL_INIT;
	uint32_t i;

	pch_add_tested(&tested, text, len);
	file->first_test = (uint32_t)info->nr_tests;
	file->nr_tests = tested.nr;
	ALLOC_GROW(info->tests, info->nr_tests + tested.nr, info->alloc_tests);
	for (i = 0; i < tested.nr; i++)
		info->tests[info->nr_tests++] =
			intern(&info->tested, intern_str(&tested, i));
	intern_release(&tested);
}

/* Its number; the file is read, for its hash and the macros that it tests. */
static uint32_t file_number(struct making *m, CXFile file)
{
	struct pch_info *info = m->info;
	char *path = extract_file_path(m->tree, file), *full, *text;
	uint32_t nr = intern_find(&info->files, path);
	size_t len;

	if (nr == INTERN_NONE) {
		nr = intern(&info->files, path);
		ALLOC_GROW(info->list, nr + 1, info->alloc_list);
		info->list[nr] = (struct pch_file){ .hash = 0 };
		full = path_join(m->tree->root, path);
		text = path_read(full, &len);
		if (text) {
			info->list[nr].hash = XXH3_64bits(text, len);
			add_tests(info, &info->list[nr], text, len);
		}
		free(text);
		free(full);
	}
	free(path);
	return nr;
}

static enum CXChildVisitResult read_directive(CXCursor c, CXCursor parent,
					      CXClientData data)
{
	struct reading *r = data;
	CXFile from = NULL, to;
	uint32_t nr;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_InclusionDirective)
		return CXChildVisit_Continue;
	to = clang_getIncludedFile(c);
	clang_getFileLocation(clang_getCursorLocation(c), &from, NULL, NULL,
			      NULL);
	if (!to)
		return CXChildVisit_Continue;
	nr = file_number(r->m, to);
	if (!from || is_source(from))
		return CXChildVisit_Continue;
	ALLOC_GROW(r->edges, r->nr + 1, r->alloc);
	r->edges[r->nr].from = file_number(r->m, from);
	r->edges[r->nr++].to = nr;
	return CXChildVisit_Continue;
}

static int by_numbers(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

static void read_graph(struct making *m)
{
	struct pch_info *info = m->info;
	struct reading r = { .m = m };
	size_t i;

	clang_visitChildren(clang_getTranslationUnitCursor(m->tu),
			    read_directive, &r);
	if (r.nr)
		qsort(r.edges, r.nr, sizeof(*r.edges), by_numbers);
	ALLOC_GROW(info->includes, r.nr, info->alloc_includes);
	for (i = 0; i < r.nr; i++) {
		struct pch_file *file = &info->list[r.edges[i].from];

		if (i && !by_numbers(&r.edges[i], &r.edges[i - 1]))
			continue;
		if (!file->nr)
			file->first = (uint32_t)info->nr_includes;
		file->nr++;
		info->includes[info->nr_includes++] = r.edges[i].to;
	}
	free(r.edges);
}

static const char *save(struct making *m, const char *path)
{
	static const char failed[] = "the precompiled header cannot be written";
	char *temporary = xstrfmt("%s.%ld", path, (long)getpid());
	const char *failure = NULL;

	if (clang_saveTranslationUnit(m->tu, temporary,
			clang_defaultSaveOptions(m->tu)) != CXSaveError_None ||
	    rename(temporary, path) || pch_info_write(m->info, path)) {
		unlink(temporary);
		failure = failed;
	}
	free(temporary);
	return failure;
}

const char *pch_make(const struct pch_set *set, const struct tree *tree,
		     const struct compile_command *command, const char *path)
{
	struct pch_info info = PCH_INFO_INIT;
	struct making m = { .tree = tree, .headers = STRVEC_INIT,
			    .info = &info };
	char **args = pch_make_args(set, tree, command, &m.nr_args);
	const char *failure;
	size_t i;

	m.args = (const char **)args;
	/* What broke the last one is not tried again. */
	pch_info_read(&info, path);
	for (i = 0; i < set->headers.nr; i++)
		if (!strvec_has(&info.dropped, set->headers.v[i]))
			strvec_push(&m.headers, set->headers.v[i]);
	intern_release(&info.files);
	intern_release(&info.tested);
	strvec_release(&info.given);
	info.nr_includes = info.nr_tests = 0;
	for (i = 0; i < m.nr_args; i++)
		if (!strncmp(args[i], "-D", 2) || !strncmp(args[i], "-U", 2))
			strvec_push(&info.given, args[i]);
	m.index = clang_createIndex(0, 0);
	failure = parse_without_errors(&m);
	if (!failure) {
		read_graph(&m);
		failure = save(&m, path);
	}
	if (m.tu)
		clang_disposeTranslationUnit(m.tu);
	clang_disposeIndex(m.index);
	strvec_release(&m.headers);
	pch_info_release(&info);
	strv_free(args);
	return failure;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parses the file with libclang, with a precompiled header where that makes no
 * difference, and finds out what it includes and which errors it has.
 */
#include "facts/extract/internal.h"

#include <uthash.h>

#include "compile/compile-db.h"
#include "facts/pch.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "tree/tree.h"

static const char *parse_error(enum CXErrorCode code)
{
	switch (code) {
	case CXError_Success:
		return NULL;
	case CXError_Crashed:
		return "libclang crashed on it";
	case CXError_InvalidArguments:
		return "libclang does not take its compile command";
	case CXError_ASTReadError:
		return "libclang cannot read its precompiled header";
	default:
		return "libclang cannot parse it";
	}
}

/*
 * The overlay's files for libclang, *nr of them. One that is taken away cannot
 * be hidden; a file that includes it is reported.
 */
static struct CXUnsavedFile *unsaved_files(const struct tree *tree,
					   unsigned int *nr)
{
	static const char gone[] = "#error \"this file is removed\"\n";
	const struct overlay *overlay = tree->overlay;
	struct CXUnsavedFile *files;
	unsigned int i;

	*nr = overlay ? (unsigned int)overlay->nr : 0;
	files = xcalloc(*nr, sizeof(*files));
	for (i = 0; i < *nr; i++) {
		const struct overlay_file *f = &overlay->list[i];

		files[i].Filename = path_join(tree->root, f->path);
		files[i].Contents = f->text ? f->text : gone;
		files[i].Length = f->text ? f->len : sizeof(gone) - 1;
	}
	return files;
}

static void free_unsaved(struct CXUnsavedFile *files, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		free((void *)files[i].Filename);
	free(files);
}

/* With the precompiled header x->pch, if that is not NULL. */
static enum CXErrorCode parse_file(struct extractor *x, CXIndex index,
				   const char *path)
{
	unsigned int nr_files, options = CXTranslationUnit_KeepGoing;
	struct CXUnsavedFile *files = unsaved_files(x->tree, &nr_files);
	enum CXErrorCode code;
	size_t nr;
	char **args = pch_args(x->command, x->pch, &nr);

	/* What it includes and which macros it uses has to be known then. */
	if (x->pch)
		options |= CXTranslationUnit_DetailedPreprocessingRecord;
	code = clang_parseTranslationUnit2(index, path,
					   (const char *const *)args, (int)nr,
					   files, nr_files, options, &x->tu);
	strv_free(args);
	free_unsaved(files, nr_files);
	return code;
}

/* --- what it includes --- */

static void add_header(struct extracted *out, char *path)
{
	ALLOC_GROW(out->headers, out->nr_headers + 1, out->alloc_headers);
	out->headers[out->nr_headers++] = path;
}

static void add_included(CXFile file, CXSourceLocation *stack,
			 unsigned int depth, CXClientData data)
{
	struct extractor *x = data;

	(void)stack;
	if (depth)
		add_header(x->out, extract_path(x, file));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_headers(struct extracted *out)
{
	size_t i, nr = 0;

	if (!out->nr_headers)
		return;
	qsort(out->headers, out->nr_headers, sizeof(*out->headers), by_text);
	for (i = 0; i < out->nr_headers; i++) {
		if (nr && !strcmp(out->headers[nr - 1], out->headers[i]))
			free(out->headers[i]);
		else
			out->headers[nr++] = out->headers[i];
	}
	out->nr_headers = nr;
}

static void drop_headers(struct extracted *out)
{
	size_t i;

	for (i = 0; i < out->nr_headers; i++)
		free(out->headers[i]);
	out->nr_headers = 0;
}

/* --- whether the precompiled header makes a difference --- */

/* A file that clang has seen: its number in the precompiled header. */
struct seen_file {
	UT_hash_handle hh;
	CXFile file;
	uint32_t number;	/* INTERN_NONE: not in there */
};

struct review {
	struct extractor *x;
	const struct pch_info *info;
	struct seen_file *seen;
	bool *reached;		/* of the files in it: included by this one */
	char **used;		/* the macro of each of them that this one uses */
	bool *entered;		/* of the files in it: read for this one again */
	bool *defined;		/* of the macros that headers test */
	size_t nr_defined;
	uint32_t *found;	/* room for numbers of files */
	char *difference;	/* or NULL */
};

static uint32_t number_of(struct review *r, CXFile file)
{
	struct seen_file *seen;
	char *path;

	HASH_FIND_PTR(r->seen, &file, seen);
	if (seen)
		return seen->number;
	seen = xcalloc(1, sizeof(*seen));
	seen->file = file;
	path = extract_file_path(r->x->tree, file);
	seen->number = intern_find(&r->info->files, path);
	free(path);
	HASH_ADD_PTR(r->seen, file, seen);
	return seen->number;
}

static void note_entered(CXFile file, CXSourceLocation *stack,
			 unsigned int depth, CXClientData data)
{
	struct review *r = data;
	uint32_t number = depth ? number_of(r, file) : INTERN_NONE;

	(void)stack;
	if (number != INTERN_NONE)
		r->entered[number] = true;
}

static char *spelling_of(CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	char *text = xstrdup(clang_getCString(s));

	clang_disposeString(s);
	return text;
}

/* Whether the header would be another one with what is defined now. */
static void compare_tests(struct review *r, uint32_t number)
{
	const struct pch_file *file = &r->info->list[number];
	uint32_t i;

	for (i = 0; i < file->nr_tests && !r->difference; i++) {
		uint32_t macro = r->info->tests[file->first_test + i];

		if (r->defined[macro])
			r->difference = xstrfmt("defines %s before it includes %s",
				intern_str(&r->info->tested, macro),
				intern_str(&r->info->files, number));
	}
}

static void review_inclusion(struct review *r, CXCursor c)
{
	CXFile file = clang_getIncludedFile(c);
	uint32_t number, nr, i;

	if (!file)
		return;
	number = number_of(r, file);
	if (number == INTERN_NONE) {
		add_header(r->x->out, extract_file_path(r->x->tree, file));
		return;
	}
	nr = pch_info_reach(r->info, r->reached, number, r->found);
	/* What is read once more sees all macros. */
	for (i = 0; i < nr && r->nr_defined && !r->difference; i++)
		if (!r->entered[r->found[i]])
			compare_tests(r, r->found[i]);
}

/* One of the file's own, or of a header that was not precompiled. */
static void review_definition(struct review *r, CXCursor c)
{
	CXFile file = NULL;
	uint32_t macro;
	char *name;

	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL,
			      NULL);
	if (!file || number_of(r, file) != INTERN_NONE)
		return;
	name = spelling_of(c);
	macro = intern_find(&r->info->tested, name);
	/* How messages begin is of no interest. */
	if (macro != INTERN_NONE && !r->defined[macro] &&
	    strcmp(name, "pr_fmt") && strcmp(name, "dev_fmt")) {
		r->defined[macro] = true;
		r->nr_defined++;
	}
	free(name);
}

static void review_use(struct review *r, CXCursor c)
{
	CXCursor definition = clang_getCursorReferenced(c);
	CXFile file = NULL;
	uint32_t number;

	if (clang_Cursor_isNull(definition))
		return;
	clang_getFileLocation(clang_getCursorLocation(definition), &file, NULL,
			      NULL, NULL);
	number = file ? number_of(r, file) : INTERN_NONE;
	if (number != INTERN_NONE && !r->used[number])
		r->used[number] = spelling_of(c);
}

static enum CXChildVisitResult review_cursor(CXCursor c, CXCursor parent,
					     CXClientData data)
{
	struct review *r = data;

	(void)parent;
	switch (clang_getCursorKind(c)) {
	case CXCursor_InclusionDirective:
		review_inclusion(r, c);
		break;
	case CXCursor_MacroDefinition:
		review_definition(r, c);
		break;
	case CXCursor_MacroExpansion:
		review_use(r, c);
		break;
	default:
		break;
	}
	return CXChildVisit_Continue;
}

/* What is force-included is not named by any directive of the file's. */
static void reach_forced(struct review *r)
{
	const struct compile_command *c = r->x->command;
	size_t i;

	for (i = 0; i + 1 < c->nr_args; i++) {
		char *path;
		uint32_t nr;

		if (strcmp(c->args[i], "-include"))
			continue;
		path = tree_path(r->x->tree, c->args[i + 1]);
		nr = intern_find(&r->info->files, path);
		if (nr != INTERN_NONE)
			pch_info_reach(r->info, r->reached, nr, r->found);
		free(path);
	}
}

/* What headers see before all else. */
static char *differing_argument(const struct review *r)
{
	const struct compile_command *c = r->x->command;
	size_t i;

	for (i = 0; i < c->nr_args; i++) {
		const char *arg = c->args[i];
		char *name;
		bool tested;

		if ((strncmp(arg, "-D", 2) && strncmp(arg, "-U", 2)) ||
		    pch_names_module(arg) || strvec_has(&r->info->given, arg))
			continue;
		name = xstrndup(arg + 2, strcspn(arg + 2, "=("));
		tested = intern_find(&r->info->tested, name) != INTERN_NONE;
		free(name);
		if (tested)
			return xstrfmt("is compiled with %s", arg);
	}
	return NULL;
}

/* With more of them nothing is read into what clang made of a file. */
#define MAX_SAID 100

/* "FILE:LINE: MESSAGE", each in a line of its own; NULL if there is none. */
static char *say_errors(struct extractor *x, unsigned int max)
{
	unsigned int i, n = clang_getNumDiagnostics(x->tu), line = 0, nr = 0;
	struct strbuf text = STRBUF_INIT;

	for (i = 0; i < n && nr < max; i++) {
		CXDiagnostic d = clang_getDiagnostic(x->tu, i);
		CXFile file = NULL;

		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error) {
			CXString s = clang_getDiagnosticSpelling(d);
			char *path, *p, *message = xstrdup(clang_getCString(s));

			for (p = message; *p; p++)
				if (*p == '\n')
					*p = ' ';
			clang_getFileLocation(clang_getDiagnosticLocation(d),
					      &file, &line, NULL, NULL);
			path = extract_path(x, file);
			strbuf_addf(&text, "%s%s:%u: %s", nr++ ? "\n" : "",
				    path, line, message);
			clang_disposeString(s);
			free(message);
			free(path);
		}
		clang_disposeDiagnostic(d);
	}
	return nr ? strbuf_detach(&text, NULL) : NULL;
}

/* A header of the precompiled ones that the first error has to do with. */
static char *find_blamed(struct review *r)
{
	unsigned int i, n = clang_getNumDiagnostics(r->x->tu), j;
	uint32_t number = INTERN_NONE;
	CXFile file;

	for (i = 0; i < n && number == INTERN_NONE; i++) {
		CXDiagnostic d = clang_getDiagnostic(r->x->tu, i);
		CXDiagnosticSet notes = clang_getChildDiagnostics(d);
		bool bad = clang_getDiagnosticSeverity(d) >=
			CXDiagnostic_Error;

		/* "previous definition is here" */
		for (j = 0; bad && j < clang_getNumDiagnosticsInSet(notes) &&
		     number == INTERN_NONE; j++) {
			CXDiagnostic note = clang_getDiagnosticInSet(notes, j);

			clang_getSpellingLocation(
				clang_getDiagnosticLocation(note), &file,
				NULL, NULL, NULL);
			if (file)
				number = number_of(r, file);
			clang_disposeDiagnostic(note);
		}
		/* In what a macro stands for. */
		clang_getSpellingLocation(clang_getDiagnosticLocation(d),
					  &file, NULL, NULL, NULL);
		if (bad && file && number == INTERN_NONE)
			number = number_of(r, file);
		clang_disposeDiagnostic(d);
	}
	return number == INTERN_NONE ? NULL :
		xstrdup(intern_str(&r->info->files, number));
}

/* Why the file has to be parsed without, or NULL; the caller frees it. */
static char *review(struct extractor *x, const struct pch_info *info)
{
	struct review r = {
		.x = x, .info = info,
		.reached = xcalloc(info->files.nr, sizeof(*r.reached)),
		.used = xcalloc(info->files.nr, sizeof(*r.used)),
		.entered = xcalloc(info->files.nr, sizeof(*r.entered)),
		.found = xcalloc(info->files.nr, sizeof(*r.found)),
		.defined = xcalloc(info->tested.nr + 1, sizeof(*r.defined)),
		.difference = say_errors(x, 1),
	};
	struct seen_file *seen, *next;
	uint32_t i;

	if (r.difference)
		x->out->blamed = find_blamed(&r);
	reach_forced(&r);
	if (!r.difference)
		r.difference = differing_argument(&r);
	clang_getInclusions(x->tu, note_entered, &r);
	if (!r.difference)
		clang_visitChildren(clang_getTranslationUnitCursor(x->tu),
				    review_cursor, &r);
	for (i = 0; i < info->files.nr; i++) {
		if (r.used[i] && !r.reached[i] && !r.difference) {
			r.difference = xstrfmt("uses %s of %s, which it does not include",
					       r.used[i],
					       intern_str(&info->files, i));
			x->out->blamed =
				xstrdup(intern_str(&info->files, i));
		}
		if (r.reached[i])
			add_header(x->out,
				   xstrdup(intern_str(&info->files, i)));
		free(r.used[i]);
	}
	HASH_ITER(hh, r.seen, seen, next) {
		HASH_DEL(r.seen, seen);
		free(seen);
	}
	free(r.reached);
	free(r.used);
	free(r.entered);
	free(r.found);
	free(r.defined);
	return r.difference;
}

/* What is known of the precompiled header; a worker uses few of them. */
static const struct pch_info *info_of(const char *path)
{
	static struct {
		char *path;
		struct pch_info info;
	} *kept;
	static size_t nr;
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(kept[i].path, path))
			break;
	if (i == nr) {
		kept = xrealloc(kept, (nr + 1) * sizeof(*kept));
		kept[nr].path = xstrdup(path);
		kept[nr].info = (struct pch_info)PCH_INFO_INIT;
		pch_info_read(&kept[nr++].info, path);
	}
	/* Another process may have put another one in its place. */
	return kept[i].info.files.nr && pch_info_fits(&kept[i].info, path) ?
		&kept[i].info : NULL;
}

static bool parse_with_pch(struct extractor *x, CXIndex index,
			   const char *path)
{
	const struct pch_info *info = x->pch ? info_of(x->pch) : NULL;
	enum CXErrorCode code;

	if (!info)
		return false;
	code = parse_file(x, index, path);
	x->out->without_pch = code == CXError_Success ? review(x, info) :
		xstrdup(parse_error(code));
	if (!x->out->without_pch)
		return true;
	drop_headers(x->out);
	if (x->tu)
		clang_disposeTranslationUnit(x->tu);
	x->tu = NULL;
	return false;
}

static unsigned int count_errors(CXTranslationUnit tu)
{
	unsigned int i, n = clang_getNumDiagnostics(tu), errors = 0;

	for (i = 0; i < n; i++) {
		CXDiagnostic d = clang_getDiagnostic(tu, i);

		errors += clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error;
		clang_disposeDiagnostic(d);
	}
	return errors;
}

const char *extract_parse(struct extractor *x, CXIndex index)
{
	char *joined = path_join(x->tree->root, x->command->file);
	char *path = path_normalise(joined);
	enum CXErrorCode code = CXError_Success;

	if (!parse_with_pch(x, index, path)) {
		x->pch = NULL;
		/* Paths are those of files in the first one. */
		free(x->path);
		x->path = NULL;
		x->path_file = NULL;
		code = parse_file(x, index, path);
	}
	if (code == CXError_Success) {
		x->main_file = clang_getFile(x->tu, path);
		x->out->errors = count_errors(x->tu);
		x->out->first_error = say_errors(x, MAX_SAID);
		if (!x->pch)
			clang_getInclusions(x->tu, add_included, x);
		sort_headers(x->out);
	}
	free(joined);
	free(path);
	return parse_error(code);
}

/*
 * With a precompiled header libclang looks for a file among all that are in
 * there, each time that it is asked: once for each is enough.
 */
struct extract_text {
	UT_hash_handle hh;
	CXFile file;
	const char *text;	/* libclang's */
	size_t len;
};

const char *extract_text(struct extractor *x, CXFile file, size_t *len)
{
	struct extract_text *t;

	HASH_FIND_PTR(x->texts, &file, t);
	if (!t) {
		t = xcalloc(1, sizeof(*t));
		t->file = file;
		t->text = clang_getFileContents(x->tu, file, &t->len);
		HASH_ADD_PTR(x->texts, file, t);
	}
	*len = t->len;
	return t->text;
}

void extract_release_texts(struct extractor *x)
{
	struct extract_text *t, *next;

	HASH_ITER(hh, x->texts, t, next) {
		HASH_DEL(x->texts, t);
		free(t);
	}
}

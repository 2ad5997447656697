// SPDX-License-Identifier: GPL-2.0-only
/*
 * Renames retired attributes line by line, wherever the tree mentions them; for
 * cli/fix.c.
 */
#include "fix/rename.h"

#include <ctype.h>
#include <unistd.h>

#include "knowledge/retired.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "rules/common/attr-names.h"

/* The attribute for which --to gives another name. */
#define CACHE_ATTR "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES"
#define PREFIX "DMA_ATTR_"

struct renaming {
	struct workspace *ws;
	const struct attr_names *names;
	const struct rename_options *opt;
	struct rename_result *result;
};

/* The new name of `name`; NULL if it keeps its name. */
static const char *new_name(const struct renaming *x, const char *name)
{
	const struct retired_name *r = retired_find(name, strlen(name));

	if (!r || r->kind != RETIRED_ATTR || !r->successor ||
	    r->name[strlen(r->name) - 1] == '*')
		return NULL;
	if (x->opt->to && strcmp(r->successor, CACHE_ATTR))
		return NULL;
	if (x->opt->to && !strcmp(x->opt->to, name))
		return NULL;
	return x->opt->to ? x->opt->to : r->successor;
}

static bool defines_attr(const struct mention *m)
{
	return m->role == MENTION_DEFINE || m->role == MENTION_ENUM;
}

/*
 * In a header that defines a name twice only the last definition is renamed,
 * because the new name must not be defined twice.
 */
static bool is_stale(const struct renaming *x, size_t number)
{
	const struct mention *m = &x->names->list[number];
	size_t i;

	for (i = number + 1; defines_attr(m) && i < x->names->nr; i++) {
		const struct mention *n = &x->names->list[i];

		if (n->file != m->file)
			break;
		if (n->name == m->name && defines_attr(n))
			return true;
	}
	return false;
}

/* Whether the file also defines the new name. */
static bool clashes(const struct renaming *x, const struct mention *m,
		    const char *to)
{
	size_t i;

	for (i = 0; defines_attr(m) && i < x->names->nr; i++) {
		const struct mention *n = &x->names->list[i];

		if (n->file == m->file && defines_attr(n) &&
		    !strcmp(intern_str(&x->names->strings, n->name), to))
			return true;
	}
	return false;
}

/* --- one line --- */

struct line {
	char *text;
	size_t len, alloc;	/* without the newline */
};

static void replace(struct line *line, size_t at, size_t len, const char *new)
{
	size_t n = strlen(new);

	ALLOC_GROW(line->text, line->len - len + n + 1, line->alloc);
	memmove(line->text + at + n, line->text + at + len,
		line->len - at - len + 1);
	memcpy(line->text + at, new, n);
	line->len = line->len - len + n;
}

/* { DMA_ATTR_X, "X" } in include/trace/. */
static void replace_string(struct line *line, const char *old,
			   const char *new)
{
	char *quoted = xstrfmt("\"%s\"", old + strlen(PREFIX));
	char *by = xstrfmt("\"%s\"", new + strlen(PREFIX));
	char *at = strstr(line->text, quoted);

	if (at)
		replace(line, (size_t)(at - line->text), strlen(quoted), by);
	free(quoted);
	free(by);
}

/* A heading's underline: one character, again and again. */
static bool is_underline(const char *line, size_t len)
{
	size_t i;

	if (len < 3 || !ispunct((unsigned char)line[0]))
		return false;
	for (i = 1; i < len; i++)
		if (line[i] != line[0])
			return false;
	return true;
}

/* --- one file --- */

struct file_renaming {
	const struct renaming *x;
	struct ws_file *file;
	size_t first, end;	/* its mentions */
	unsigned int changed;
};

static void add_place(struct rename_result *result,
		      const struct rename_place *place)
{
	ALLOC_GROW(result->places, result->nr_places + 1,
		   result->alloc_places);
	result->places[result->nr_places++] = *place;
}

static void remember_rename(struct rename_result *result, const char *old,
			    const char *new)
{
	char *pair = xstrfmt("%s to %s", old, new), *all;

	if (!result->what) {
		result->what = pair;
		return;
	}
	if (!strstr(result->what, pair)) {
		all = xstrfmt("%s, %s", result->what, pair);
		free(result->what);
		result->what = all;
	}
	free(pair);
}

/* Rename all mentions in the line; true if there was one. */
static bool rename_line(struct file_renaming *f, struct line *line,
			unsigned int number)
{
	const struct renaming *x = f->x;
	bool any = false;
	size_t i;

	/* From the end, so that the columns before it stay right. */
	for (i = f->end; i-- > f->first;) {
		const struct mention *m = &x->names->list[i];
		const char *old = intern_str(&x->names->strings, m->name);
		const char *new = new_name(x, old);
		size_t len = strlen(old);
		struct rename_place place = { f->file->path, number,
			m->column, false };

		if (m->line != number || !new ||
		    m->column - 1 + len > line->len ||
		    memcmp(line->text + m->column - 1, old, len))
			continue;
		if (is_stale(x, i) || clashes(x, m, new)) {
			note("%s:%u: %s not renamed: the file also defines the new name",
			     f->file->path, number, old);
			add_place(x->result, &place);
			continue;
		}
		replace(line, m->column - 1, len, new);
		if (!strncmp(f->file->path, "include/trace/", 14) &&
		    !strncmp(old, PREFIX, strlen(PREFIX)) &&
		    !strncmp(new, PREFIX, strlen(PREFIX)))
			replace_string(line, old, new);
		any = true;
		place.done = true;
		add_place(x->result, &place);
		remember_rename(x->result, old, new);
		f->changed++;
	}
	return any;
}

/*
 * Whether the line underlines a heading whose length changes from `was` to
 * `is`. One that was too short before is left alone.
 */
static bool belongs_to(const struct line *line, size_t was, size_t is)
{
	return was && is_underline(line->text, line->len) &&
	       (line->len == was || (line->len > was && line->len < is));
}

static void resize(struct line *line, size_t len)
{
	ALLOC_GROW(line->text, len + 1, line->alloc);
	while (line->len < len)
		line->text[line->len++] = line->text[0];
	line->len = len;
	line->text[len] = '\0';
}

static void put_renamed(struct line *line, FILE *out)
{
	fwrite(line->text, 1, line->len, out);
	putc('\n', out);
}

static void rename_lines(struct file_renaming *f, FILE *in, FILE *out)
{
	struct line line = { NULL, 0, 0 }, over = { NULL, 0, 0 };
	size_t was = 0, is = 0;	/* a heading's length, before and now */
	bool held = false;	/* `over`: it may be a heading's overline */
	unsigned int number = 0;
	ssize_t n;

	while ((n = getline(&line.text, &line.alloc, in)) > 0) {
		size_t old;

		line.text[n - 1] = '\0';
		line.len = old = (size_t)n - 1;
		number++;
		if (belongs_to(&line, was, is))
			resize(&line, is);
		was = 0;
		if (rename_line(f, &line, number)) {
			was = old;
			is = line.len;
		}
		if (held) {
			if (belongs_to(&over, was, is))
				resize(&over, is);
			put_renamed(&over, out);
		}
		held = !was && is_underline(line.text, line.len);
		if (held) {
			struct line other = over;

			over = line;
			line = other;
		} else {
			put_renamed(&line, out);
		}
	}
	if (held)
		put_renamed(&over, out);
	free(over.text);
	free(line.text);
}

/* 1 if it was changed, 0 if not, -1 after an error(). */
static int rename_file(struct file_renaming *f)
{
	struct workspace *ws = f->x->ws;
	char *scratch = workspace_scratch(ws, f->file);
	FILE *in = NULL, *out = NULL;
	unsigned int where;
	int ret = -1;

	if (!scratch)
		return -1;
	in = fopen(f->file->copy, "r");
	out = fopen(scratch, "w");
	if (!in || !out) {
		error_errno("cannot copy %s", f->file->copy);
		goto cleanup;
	}
	rename_lines(f, in, out);
	if (fclose(out)) {
		out = NULL;
		error_errno("cannot write %s", scratch);
		goto cleanup;
	}
	out = NULL;
	ret = f->changed ? workspace_take(f->file, scratch, NULL, 0, &where) : 0;
cleanup:
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	unlink(scratch);
	free(scratch);
	return ret;
}

/* Record that nothing in the file was renamed, after a warning(). */
static void leave_mentions(const struct file_renaming *f)
{
	size_t i;

	for (i = f->first; i < f->end; i++) {
		const struct mention *m = &f->x->names->list[i];

		add_place(f->x->result, &(struct rename_place){
			f->file->path, m->line, m->column, false });
	}
}

static bool wanted(const struct renaming *x, size_t first, size_t end)
{
	size_t i;

	for (i = first; i < end; i++)
		if (new_name(x, intern_str(&x->names->strings,
					   x->names->list[i].name)))
			return true;
	return false;
}

int rename_retired(struct workspace *ws, const struct attr_names *names,
		   const struct rename_options *opt,
		   struct rename_result *result)
{
	struct renaming x = { ws, names, opt, result };
	struct file_renaming f = { .x = &x };
	int ret = 0;

	for (f.first = 0; f.first < names->nr; f.first = f.end) {
		const struct mention *m = &names->list[f.first];
		const char *path = intern_str(&names->strings, m->file);
		int taken;

		for (f.end = f.first; f.end < names->nr; f.end++)
			if (names->list[f.end].file != m->file)
				break;
		if (!path_below_any(path, opt->paths, opt->nr_paths) ||
		    !wanted(&x, f.first, f.end))
			continue;
		f.file = workspace_file(ws, path);
		f.changed = 0;
		if (f.file && f.file->refused) {
			warning("%s not changed: %s", f.file->path,
				f.file->refused);
			result->refused++;
			leave_mentions(&f);
			continue;
		}
		taken = f.file ? rename_file(&f) : -1;
		if (taken < 0)
			ret = -1;
		else
			result->changed += (size_t)taken;
	}
	return ret;
}

const struct rename_place *rename_find(const struct rename_result *result,
				       const char *file, unsigned int line,
				       unsigned int column)
{
	size_t i;

	for (i = 0; i < result->nr_places; i++)
		if (result->places[i].line == line &&
		    result->places[i].column == column &&
		    !strcmp(result->places[i].file, file))
			return &result->places[i];
	return NULL;
}

void rename_release(struct rename_result *result)
{
	free(result->what);
	free(result->places);
	*result = (struct rename_result)RENAME_RESULT_INIT;
}

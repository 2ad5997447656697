// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds where calls and functions end in the text of a C file, and breaks and
 * indents the lines that spatch has written; for fix.c.
 */
#include "fix/layout.h"

#include <uthash.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "lib/tempfile.h"

#define COLUMNS	80
#define TAB	8

/* --- where a call ends --- */

static const char *find_line(const char *text, unsigned int line)
{
	while (text && --line) {
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	return text;
}

unsigned int layout_call_end(const char *path, unsigned int line,
			     unsigned int column)
{
	char *text = path_read(path, NULL);
	const char *p = text ? find_line(text, line) : NULL;
	unsigned int depth = 0, end = line;
	struct ctext_token t = { .kind = CTEXT_NEWLINE };
	struct ctext c;

	if (!p || column - 1 > strcspn(p, "\n"))
		goto cleanup;
	p += column - 1;
	ctext_init(&c, p, strlen(p));
	for (; t.kind != CTEXT_END; ctext_next(&c, &t)) {
		if (ctext_is(&t, '('))
			depth++;
		if (ctext_is(&t, ')') && (!depth || !--depth)) {
			end = line + t.line - 1;
			break;
		}
		if (ctext_is(&t, ';') && !depth)
			break;
	}
cleanup:
	free(text);
	return end;
}

/* The first line of the comment right above `line`, or `line`. */
static unsigned int comment_above(const char *text, unsigned int line)
{
	unsigned int at;
	bool inside = false;

	for (at = line - 1; at; at--) {
		const char *p = find_line(text, at), *first;
		size_t len;

		if (!p)
			break;
		len = strcspn(p, "\n");
		first = p + strspn(p, " \t");
		if (!inside && len >= 2 && !strncmp(p + len - 2, "*/", 2))
			inside = true;
		else if (!inside && (!len || *p == '#' ||
				     strchr(";{}", p[len - 1])))
			break;
		if (inside && !strncmp(first, "/*", 2))
			return at;
		if (inside && *first != '*')
			break;
	}
	return line;
}

struct ws_range layout_head(const char *path, unsigned int line,
			    unsigned int column)
{
	struct ws_range range = { line, layout_call_end(path, line, column) };
	char *text = path_read(path, NULL);

	if (text)
		range.from = comment_above(text, line);
	free(text);
	return range;
}

bool layout_function(const char *path, unsigned int line, unsigned int *from,
		     unsigned int *to)
{
	char *text = path_read(path, NULL);
	const char *p = text;
	unsigned int at;

	*from = *to = 0;
	for (at = 1; p && *p && !*to; at++) {
		if (*p == '{' && at <= line)
			*from = at;
		if (*p == '}' && at < line)
			*from = 0;
		if (*p == '}' && at >= line)
			*to = at;
		p = strchr(p, '\n');
		if (p)
			p++;
	}
	free(text);
	return *from && *to;
}

/* --- lines that are new --- */

struct known_line {
	UT_hash_handle hh;
	char text[];
};

static struct known_line *know_lines(const char *path)
{
	FILE *in = fopen(path, "r");
	struct known_line *all = NULL, *k;
	char *line = NULL;
	size_t alloc = 0;
	ssize_t len;

	while (in && (len = getline(&line, &alloc, in)) > 0) {
		HASH_FIND(hh, all, line, (size_t)len, k);
		if (k)
			continue;
		k = xcalloc(1, sizeof(*k) + (size_t)len);
		memcpy(k->text, line, (size_t)len);
		HASH_ADD_KEYPTR(hh, all, k->text, (size_t)len, k);
	}
	free(line);
	if (in)
		fclose(in);
	return all;
}

static void forget_lines(struct known_line *all)
{
	struct known_line *k, *next;

	HASH_ITER(hh, all, k, next) {
		HASH_DEL(all, k);
		free(k);
	}
}

/* --- breaking --- */

static unsigned int advance(unsigned int column, char c)
{
	return c == '\t' ? (column / TAB + 1) * TAB : column + 1;
}

static unsigned int indentation(const char *line, size_t *len)
{
	unsigned int column = 0;

	for (*len = 0; line[*len] == ' ' || line[*len] == '\t'; (*len)++)
		column = advance(column, line[*len]);
	return column;
}

static void indent(FILE *out, unsigned int column)
{
	for (; column >= TAB; column -= TAB)
		putc('\t', out);
	for (; column; column--)
		putc(' ', out);
}

#define MAX_DEPTH 16

/* Where a line may be broken, and the indentation of the rest. */
struct cut {
	size_t at;		/* the rest starts there; 0: nowhere */
	unsigned int indent;
	unsigned int depth;
};

/* The outermost break that fits. */
static struct cut find_barrier(const char *line, size_t len)
{
	unsigned int open[MAX_DEPTH], column = 0, depth = 0;
	struct cut best = { 0, 0, MAX_DEPTH };
	struct ctext_token t = { .kind = CTEXT_NEWLINE };
	size_t start, i = 0, end;
	struct ctext c;

	open[0] = indentation(line, &start);
	ctext_init(&c, line, len);
	for (; t.kind != CTEXT_END; ctext_next(&c, &t)) {
		if (!t.start)
			continue;
		for (end = (size_t)(t.end - line); i < end; i++)
			column = advance(column, line[i]);
		if (column > COLUMNS)
			break;
		if (ctext_is(&t, '(') && depth + 1 < MAX_DEPTH)
			open[++depth] = column;
		if (ctext_is(&t, ')') && depth)
			depth--;
		if ((ctext_is(&t, ',') || ctext_is(&t, '|')) && end > 1 &&
		    end < len && line[end] == ' ' &&
		    (depth <= best.depth || !best.at))
			best = (struct cut){ end + 1, open[depth], depth };
	}
	return best;
}

static unsigned int width(const char *line, size_t len)
{
	unsigned int column = 0;
	size_t i;

	for (i = 0; i < len; i++)
		column = advance(column, line[i]);
	return column;
}

/* Write a line, given without its newline, broken where it is too long. */
static void put_line(FILE *out, char *line, size_t len)
{
	size_t start;
	unsigned int column = indentation(line, &start);

	while (start < len && column + width(line + start, len - start) >
				      COLUMNS) {
		struct strbuf whole = STRBUF_INIT;
		struct cut cut;
		unsigned int i;

		/* With its indentation, which counts for the width. */
		for (i = 0; i < column; i++)
			strbuf_addch(&whole, ' ');
		strbuf_add(&whole, line + start, len - start);
		cut = find_barrier(whole.buf, whole.len);
		strbuf_release(&whole);
		if (cut.at <= column + 2)
			break;
		indent(out, column);
		fwrite(line + start, 1, cut.at - column - 1, out);
		putc('\n', out);
		start += cut.at - column;
		column = cut.indent;
	}
	indent(out, column);
	fwrite(line + start, 1, len - start, out);
	putc('\n', out);
}

int layout_mend(const char *path, const char *before)
{
	struct known_line *known = know_lines(before), *k;
	struct newfile out = NEWFILE_INIT;
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t alloc = 0;
	ssize_t len;
	int ret = -1;

	if (!in) {
		error_errno("cannot read %s", path);
		goto cleanup;
	}
	if (newfile_open(&out, path))
		goto cleanup;
	while ((len = getline(&line, &alloc, in)) > 0) {
		HASH_FIND(hh, known, line, (size_t)len, k);
		if (k || len == 1 || line[len - 1] != '\n')
			fwrite(line, 1, (size_t)len, out.stream);
		else
			put_line(out.stream, line, (size_t)len - 1);
	}
	ret = newfile_commit(&out);
cleanup:
	free(line);
	if (in)
		fclose(in);
	forget_lines(known);
	return ret;
}

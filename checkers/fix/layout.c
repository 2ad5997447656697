// SPDX-License-Identifier: GPL-2.0-only
#include "fix/layout.h"

#include <uthash.h>

#include "lib/alloc.h"
#include "lib/strbuf.h"
#include "lib/diag.h"
#include "lib/tempfile.h"

#define COLUMNS	80
#define TAB	8

/* --- where a call ends --- */

/* What the next character is part of. */
enum lexeme { CODE, STRING, CHARACTER, COMMENT, LINE_COMMENT };

static enum lexeme step(enum lexeme state, const char *p, int *skip)
{
	*skip = 0;
	switch (state) {
	case CODE:
		if (*p == '"')
			return STRING;
		if (*p == '\'')
			return CHARACTER;
		*skip = *p == '/' && (p[1] == '*' || p[1] == '/');
		if (!*skip)
			return CODE;
		return p[1] == '*' ? COMMENT : LINE_COMMENT;
	case STRING:
	case CHARACTER:
		*skip = *p == '\\' && p[1];
		return *p == (state == STRING ? '"' : '\'') ? CODE : state;
	case COMMENT:
		if (*p != '*' || p[1] != '/')
			return COMMENT;
		*skip = 1;
		return CODE;
	default:
		return *p == '\n' ? CODE : LINE_COMMENT;
	}
}

static char *read_text(const char *path, size_t *len)
{
	FILE *in = fopen(path, "r");
	struct strbuf text = STRBUF_INIT;
	char buf[65536];
	size_t n;

	if (!in) {
		error_errno("cannot read %s", path);
		return NULL;
	}
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		strbuf_add(&text, buf, n);
	fclose(in);
	return strbuf_detach(&text, len);
}

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
	size_t len, i;
	char *text = read_text(path, &len);
	const char *p = text ? find_line(text, line) : NULL;
	unsigned int at = line, end = line;
	enum lexeme state = CODE;
	int depth = 0, skip;

	for (i = 1; p && i < column && *p && *p != '\n'; i++)
		p++;
	for (; p && *p; p++) {
		enum lexeme next = step(state, p, &skip);

		if (*p == '\n')
			at++;
		if (state == CODE && *p == '(')
			depth++;
		if (state == CODE && *p == ')' && --depth <= 0) {
			end = at;
			break;
		}
		if (state == CODE && !depth && *p == ';')
			break;
		state = next;
		for (; skip; skip--)
			at += *++p == '\n';
	}
	free(text);
	return end;
}

/* Where the comment begins that is right above a function's head, or `line`. */
static unsigned int comment_above(const char *text, unsigned int line)
{
	unsigned int at;
	bool inside = false;

	for (at = line - 1; at; at--) {
		const char *p = find_line(text, at);
		size_t len = strcspn(p, "\n");
		const char *first = p + strspn(p, " \t");

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
	size_t len;
	char *text = read_text(path, &len);

	if (text)
		range.from = comment_above(text, line);
	free(text);
	return range;
}

bool layout_function(const char *path, unsigned int line, unsigned int *from,
		     unsigned int *to)
{
	size_t len;
	char *text = read_text(path, &len);
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
		p += p != NULL;
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

/* Where a line may be broken, and how far the rest is indented then. */
struct cut {
	size_t at;		/* the rest starts there; 0: nowhere */
	unsigned int indent;
	unsigned int depth;
};

/* The break that leaves together what belongs together. */
static struct cut find_barrier(const char *line, size_t len)
{
	unsigned int open[MAX_DEPTH], column = 0, depth = 0;
	struct cut best = { 0, 0, MAX_DEPTH };
	enum lexeme state = CODE;
	size_t start, i;
	int skip;

	open[0] = indentation(line, &start);
	for (i = 0; i < len; i++) {
		enum lexeme next = step(state, line + i, &skip);
		bool may_break = state == CODE && i && i + 1 < len &&
			line[i + 1] == ' ' &&
			(line[i] == ',' || line[i] == '|');

		column = advance(column, line[i]);
		if (state == CODE && line[i] == '(' && depth + 1 < MAX_DEPTH)
			open[++depth] = column;
		if (state == CODE && line[i] == ')' && depth)
			depth--;
		if (column > COLUMNS)
			break;
		if (may_break && (depth <= best.depth || !best.at))
			best = (struct cut){ i + 2, open[depth], depth };
		state = next;
		for (; skip; skip--)
			column = advance(column, line[++i]);
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

/* Write a line without its newline, broken where it is too long. */
static void put_line(FILE *out, char *line, size_t len)
{
	size_t start;
	unsigned int column = indentation(line, &start);

	while (start < len && column + width(line + start, len - start) >
				      COLUMNS) {
		struct strbuf whole = STRBUF_INIT;
		struct cut cut;
		unsigned int i;

		/* As it will stand: its width counts from its column. */
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

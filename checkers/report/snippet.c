// SPDX-License-Identifier: GPL-2.0-only
/*
 * Source lines for a terminal: what each character looks like, how wide it is,
 * and which of them are marked; for text.c.
 */
#include "report/snippet.h"

#include <ctype.h>
#include <limits.h>

#include "lib/alloc.h"
#include "report/source.h"
#include "report/visible.h"

#define TAB 8
#define PREFIX 8	/* columns of "  367 | " */

/* A character of the line as it is shown. */
struct cell {
	size_t at, len;		/* in the text */
	unsigned int column, width;	/* on the screen, from 0 */
};

struct shown {
	struct strbuf text;
	struct cell *cells;
	size_t nr, alloc;
	unsigned int width;	/* of it all */
	unsigned int from, to;	/* what is marked: columns */
};

/* Add one character; how many bytes of `s` it takes. */
static size_t add_character(struct strbuf *text, const char *s, size_t len,
			    unsigned int column, unsigned int *width)
{
	if (*s == '\t') {
		*width = TAB - column % TAB;
		strbuf_addf(text, "%*s", (int)*width, "");
		return 1;
	}
	return visible_add(text, s, len, width);
}

/* The end of the name that begins at `at`, or of that one character. */
static size_t name_end(const char *line, size_t len, size_t at)
{
	size_t end = at;

	while (end < len && (isalnum((unsigned char)line[end]) ||
			     line[end] == '_'))
		end++;
	return end > at ? end : at + 1;
}

static void lay_out_line(struct shown *s, const char *line, size_t len, size_t mark)
{
	size_t at = 0, end, n;

	s->from = s->to = 0;
	/* Column 1 may stand for the whole line. */
	while (mark < len && (line[mark] == ' ' || line[mark] == '\t'))
		mark++;
	end = name_end(line, len, mark);
	while (at < len) {
		struct cell cell = { .at = s->text.len, .column = s->width };

		n = add_character(&s->text, line + at, len - at, s->width,
				  &cell.width);
		cell.len = s->text.len - cell.at;
		ALLOC_GROW(s->cells, s->nr + 1, s->alloc);
		s->cells[s->nr++] = cell;
		if (at <= mark && mark < at + n)
			s->from = s->width;
		s->width += cell.width;
		at += n;
		if (mark < at && at <= end)
			s->to = s->width;
	}
}

/* The part of it that has room, with the marked one in it. */
static void add_visible(struct strbuf *out, const struct snippet_style *style,
		     const struct shown *s, unsigned int line)
{
	unsigned int room = style->width > 3 * PREFIX ?
		style->width - PREFIX - 1 : UINT_MAX;
	unsigned int first = 0, i;
	size_t n;

	if (s->width > room && s->to > room)
		first = s->from > room / 2 ? s->from - room / 2 : 0;
	strbuf_addf(out, "%5u | ", line);
	for (n = 0; n < s->nr; n++) {
		const struct cell *c = &s->cells[n];

		if (c->column >= first && c->column + c->width - first <= room)
			strbuf_add(out, s->text.buf + c->at, c->len);
	}
	strbuf_rtrim(out);
	strbuf_addch(out, '\n');
	if (s->to <= s->from)
		return;
	strbuf_addf(out, "      | %*s%s^", (int)(s->from - first), "",
		    style->mark);
	for (i = s->from + 1; i < s->to && i - first < room; i++)
		strbuf_addch(out, '~');
	strbuf_addf(out, "%s\n", style->end);
}

void snippet_add(struct strbuf *out, const struct snippet_style *style,
		 const struct excerpt *source, unsigned int line,
		 unsigned int column)
{
	struct shown s = { .text = STRBUF_INIT };
	size_t len;
	const char *text = source_line(source, line, &len);

	if (!text)
		return;
	lay_out_line(&s, text, len, column ? column - 1 : 0);
	add_visible(out, style, &s, line);
	strbuf_release(&s.text);
	free(s.cells);
}

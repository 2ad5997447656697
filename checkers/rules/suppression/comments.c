// SPDX-License-Identifier: GPL-2.0-only
#include "rules/suppression/comments.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/strbuf.h"

#define MARK "dmacheck:"

/* --- what they say --- */

/* A line of a comment, without the marks of the comment. */
struct comment_line {
	const char *p, *end;
	unsigned int line, column;	/* of `p` */
};

struct comment_lines {
	struct comment_line *list;
	size_t nr, alloc;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static void add_lines(struct comment_lines *lines, const struct ctext_token *t)
{
	const char *p = t->start, *end = t->end, *stop;
	const char *line_start = p - (t->column - 1);
	unsigned int line = t->line;

	if (end - p >= 4 && p[1] == '*' && end[-1] == '/')
		for (end--; end > p + 2 && end[-1] == '*'; end--)
			;
	while (p < end && *p == '/')
		p++;
	for (;;) {
		const char *q;

		stop = memchr(p, '\n', (size_t)(end - p));
		q = stop ? stop : end;
		while (p < q && (is_blank(*p) || *p == '*'))
			p++;
		/* A macro may go on. */
		while (q > p && (is_blank(q[-1]) || q[-1] == '\\'))
			q--;
		ALLOC_GROW(lines->list, lines->nr + 1, lines->alloc);
		lines->list[lines->nr++] = (struct comment_line){
			p, q, line++, (unsigned int)(p - line_start) + 1,
		};
		if (!stop)
			return;
		p = line_start = stop + 1;
	}
}

static bool is_marked(const struct comment_line *l)
{
	size_t n = sizeof(MARK) - 1;

	return (size_t)(l->end - l->p) >= n && !memcmp(l->p, MARK, n);
}

/* "RULE, RULE"; returns where they end. */
static const char *read_rules(struct remark *remark,
			      const struct comment_line *l, const char *p)
{
	for (;; p++) {
		const char *start;

		while (p < l->end && is_blank(*p))
			p++;
		for (start = p; p < l->end && (isalnum((unsigned char)*p) ||
					       *p == '_' || *p == '-'); p++)
			;
		if (p == start)
			return p;
		ALLOC_GROW(remark->rules, remark->nr_rules + 1,
			   remark->alloc_rules);
		remark->rules[remark->nr_rules++] = (struct remark_rule){
			.name = xstrndup(start, (size_t)(p - start)),
			.line = l->line,
			.column = l->column + (unsigned int)(start - l->p),
		};
		while (p < l->end && is_blank(*p))
			p++;
		if (p == l->end || *p != ',')
			return p;
	}
}

/* The words from `p` on, and of the lines behind; NULL if they are none. */
static char *read_reason(const struct comment_lines *lines, size_t i,
			 const char *p)
{
	const struct comment_line *l = &lines->list[i];
	struct strbuf reason = STRBUF_INIT;
	bool any = false;

	for (;;) {
		for (; p < l->end; p++) {
			any |= isalnum((unsigned char)*p) || (*p & 0x80);
			if (!is_blank(*p) && *p)
				strbuf_addch(&reason, *p);
			else if (reason.len && reason.buf[reason.len - 1] != ' ')
				strbuf_addch(&reason, ' ');
		}
		l = &lines->list[++i];
		if (i >= lines->nr || l->p == l->end || is_marked(l))
			break;
		p = l->p;
		if (reason.len)
			strbuf_addch(&reason, ' ');
	}
	strbuf_rtrim(&reason);
	if (any)
		return strbuf_detach(&reason, NULL);
	strbuf_release(&reason);
	return NULL;
}

static void read_comment(struct remarks *remarks,
			 const struct comment_lines *lines,
			 bool alone, unsigned int below)
{
	size_t i;

	for (i = 0; i < lines->nr; i++) {
		const struct comment_line *l = &lines->list[i];
		struct remark remark = {
			.line = l->line, .column = l->column,
			.first = lines->list[0].line,
			.last = lines->list[lines->nr - 1].line,
			.alone = alone, .below = below,
		};
		const char *p;

		if (!is_marked(l))
			continue;
		p = read_rules(&remark, l, l->p + sizeof(MARK) - 1);
		if (remark.nr_rules && p < l->end && *p == ':')
			remark.reason = read_reason(lines, i, p + 1);
		ALLOC_GROW(remarks->list, remarks->nr + 1, remarks->alloc);
		remarks->list[remarks->nr++] = remark;
	}
}

/* --- where they stand --- */

static bool is_line_comment(const struct ctext_token *t)
{
	return t->kind == CTEXT_COMMENT && t->end - t->start > 1 &&
	       t->start[1] == '/';
}

static void next_token(struct ctext *c, struct ctext_token *t)
{
	do
		ctext_next(c, t);
	while (t->kind == CTEXT_NEWLINE);
}

/* The line of the code behind what ends in line `last`, if right below it. */
static unsigned int code_below(struct ctext c, struct ctext_token t,
			       unsigned int last)
{
	for (; t.kind == CTEXT_COMMENT && t.line <= last + 1;
	     next_token(&c, &t))
		last = t.last_line;
	return t.kind != CTEXT_END && t.line <= last + 1 ? t.line : 0;
}

void remarks_read(struct remarks *remarks, const char *text, size_t len)
{
	unsigned int code = 0, last;	/* the line of the code before */
	struct comment_lines lines = { NULL, 0, 0 };
	struct ctext_token t;
	struct ctext c;

	ctext_init(&c, text, len);
	next_token(&c, &t);
	while (t.kind != CTEXT_END) {
		bool behind = code == t.line, joined;

		if (t.kind != CTEXT_COMMENT) {
			code = t.last_line;
			next_token(&c, &t);
			continue;
		}
		lines.nr = 0;
		do {
			add_lines(&lines, &t);
			joined = is_line_comment(&t) && !behind;
			last = t.last_line;
			next_token(&c, &t);
		} while (joined && is_line_comment(&t) && t.line == last + 1);
		read_comment(remarks, &lines, !behind && (t.kind == CTEXT_COMMENT ||
						    t.line > last),
			     code_below(c, t, last));
	}
	free(lines.list);
}

void remarks_release(struct remarks *remarks)
{
	size_t i, j;

	for (i = 0; i < remarks->nr; i++) {
		for (j = 0; j < remarks->list[i].nr_rules; j++)
			free(remarks->list[i].rules[j].name);
		free(remarks->list[i].rules);
		free(remarks->list[i].reason);
	}
	free(remarks->list);
	*remarks = (struct remarks)REMARKS_INIT;
}

static bool is_behind(const struct ctext_token *t, unsigned int line,
		      unsigned int column)
{
	return t->last_line > line ||
	       (t->last_line == line && t->end_column > column);
}

struct call_lines call_lines_at(const char *text, size_t len,
				unsigned int line, unsigned int column)
{
	struct call_lines lines = { 0, line };
	unsigned int depth = 0;
	bool directive = false, line_start = true;
	struct ctext_token t;
	struct ctext c;

	ctext_init(&c, text, len);
	for (ctext_next(&c, &t); t.kind != CTEXT_END; ctext_next(&c, &t)) {
		bool ends = ctext_is(&t, ';') || ctext_is(&t, '{') ||
			    ctext_is(&t, '}') || (ctext_is(&t, ',') && !depth);

		if (t.kind == CTEXT_COMMENT && is_behind(&t, line, column))
			return (struct call_lines){ t.line, t.last_line };
		if (t.kind == CTEXT_COMMENT)
			continue;
		if (line_start && ctext_is(&t, '#'))
			directive = true;
		if ((t.kind == CTEXT_NEWLINE && directive) || ends ||
		    (line_start && directive))
			lines.first = depth = 0;
		line_start = t.kind == CTEXT_NEWLINE;
		directive &= !line_start;
		if (line_start || ends)
			continue;
		if (!lines.first)
			lines.first = t.line;
		if (is_behind(&t, line, column))
			break;
		depth += ctext_is(&t, '(');
		depth -= depth && ctext_is(&t, ')');
	}
	if (t.kind == CTEXT_END || t.line > line)
		return (struct call_lines){ line, line };
	for (depth = 0, ctext_next(&c, &t); ; ctext_next(&c, &t)) {
		depth += ctext_is(&t, '(');
		if (!depth || t.kind == CTEXT_END)
			break;
		lines.last = t.last_line;
		if (ctext_is(&t, ')') && !--depth)
			break;
	}
	return lines;
}

bool remark_covers(const struct remark *r, struct call_lines lines)
{
	return (r->first <= lines.last && r->last >= lines.first) ||
	       (r->alone && (r->below == lines.first ||
			     r->last + 1 == lines.first));
}

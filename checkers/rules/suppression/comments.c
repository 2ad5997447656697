// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads "dmacheck: RULE: reason" in the comments of a C file, and says which
 * lines of code such a comment covers, for suppression.c.
 */
#include "rules/suppression/comments.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/strbuf.h"

#define MARK "dmacheck:"

/* --- the text of a comment --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' ||
	       c == '\\';
}

/* Behind the blanks and stars with which a line of a comment begins. */
static const char *line_text(const char *p, const char *end)
{
	while (p < end && (is_blank(*p) || *p == '*'))
		p++;
	return p;
}

static bool is_marked(const char *p, const char *end)
{
	return (size_t)(end - p) >= sizeof(MARK) - 1 &&
	       !memcmp(p, MARK, sizeof(MARK) - 1);
}

/* "RULE, RULE", the first at `p`; returns where they end. */
static const char *read_rules(struct remark *remark, const char *mark,
			      const char *p, const char *end)
{
	for (;; p++) {
		const char *start;

		while (p < end && is_blank(*p))
			p++;
		for (start = p; p < end && (isalnum((unsigned char)*p) ||
					    *p == '_' || *p == '-'); p++)
			;
		if (p == start)
			return p;
		ALLOC_GROW(remark->rules, remark->nr_rules + 1,
			   remark->alloc_rules);
		remark->rules[remark->nr_rules++] = (struct remark_rule){
			.name = xstrndup(start, (size_t)(p - start)),
			.line = remark->line,
			.column = remark->column + (unsigned int)(start - mark),
		};
		while (p < end && is_blank(*p))
			p++;
		if (p == end || *p != ',')
			return p;
	}
}

/* The words from `p` to an empty line or the next mark; NULL if there are none. */
static char *read_reason(const char *p, const char *end)
{
	struct strbuf reason = STRBUF_INIT;
	bool any = false;

	for (; p < end; p++) {
		bool blank = !*p || is_blank(*p) || *p == '\n';

		if (*p == '\n') {
			p = line_text(p + 1, end);
			if (p == end || *p == '\n' || is_marked(p, end))
				break;
			p--;
		}
		if (!blank) {
			any |= isalnum((unsigned char)*p) || (*p & 0x80);
			strbuf_addch(&reason, *p);
		} else if (reason.len && reason.buf[reason.len - 1] != ' ') {
			strbuf_addch(&reason, ' ');
		}
	}
	strbuf_rtrim(&reason);
	if (any)
		return strbuf_detach(&reason, NULL);
	strbuf_release(&reason);
	return NULL;
}

static void read_comment(struct remarks *remarks, const struct ctext_token *t,
			 bool alone, unsigned int below)
{
	const char *p = t->start, *end = t->end, *line_start = p - (t->column - 1);
	unsigned int line = t->line;

	if (end - p >= 4 && p[1] == '*' && end[-1] == '/')
		for (end--; end > p + 2 && end[-1] == '*'; end--)
			;
	while (p < end && *p == '/')
		p++;
	for (; p; line++) {
		const char *next = memchr(p, '\n', (size_t)(end - p));
		const char *mark = line_text(p, next ? next : end), *rest;
		struct remark remark = {
			.line = line,
			.column = (unsigned int)(mark - line_start) + 1,
			.first = t->line, .last = t->last_line,
			.alone = alone, .below = below,
		};

		p = line_start = next ? next + 1 : NULL;
		if (!is_marked(mark, end))
			continue;
		rest = read_rules(&remark, mark, mark + sizeof(MARK) - 1,
				  next ? next : end);
		if (remark.nr_rules && rest < end && *rest == ':')
			remark.reason = read_reason(rest + 1, end);
		ALLOC_GROW(remarks->list, remarks->nr + 1, remarks->alloc);
		remarks->list[remarks->nr++] = remark;
	}
}

/* --- where it stands --- */

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
	unsigned int code = 0;	/* the last line of the code before */
	struct ctext_token t, next;
	struct ctext c;

	ctext_init(&c, text, len);
	for (next_token(&c, &t); t.kind != CTEXT_END; t = next) {
		next_token(&c, &next);
		if (t.kind == CTEXT_COMMENT)
			read_comment(remarks, &t, code != t.line &&
				     (next.kind == CTEXT_COMMENT ||
				      next.line > t.last_line),
				     code_below(c, next, t.last_line));
		else
			code = t.last_line;
	}
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

struct call_lines call_lines_at(const char *text, size_t len,
				unsigned int line, unsigned int column)
{
	struct call_lines lines = { 0, line };
	unsigned int depth = 0;
	struct ctext_token t;
	struct ctext c;

	ctext_init(&c, text, len);
	for (next_token(&c, &t); t.kind != CTEXT_END; next_token(&c, &t)) {
		bool behind = t.last_line > line ||
			(t.last_line == line && t.end_column > column);

		if (t.kind == CTEXT_COMMENT && behind)
			return (struct call_lines){ t.line, t.last_line };
		if (t.kind == CTEXT_COMMENT)
			continue;
		if (ctext_is(&t, ';') || ctext_is(&t, '{') ||
		    ctext_is(&t, '}') || (ctext_is(&t, ',') && !depth)) {
			lines.first = depth = 0;
			continue;
		}
		if (!lines.first)
			lines.first = t.line;
		if (behind)
			break;
		depth += ctext_is(&t, '(');
		depth -= depth && ctext_is(&t, ')');
	}
	if (t.kind == CTEXT_END || t.line > line)
		return (struct call_lines){ line, line };
	/* From the function's name to the end of its arguments. */
	for (depth = 0, next_token(&c, &t); t.kind != CTEXT_END;
	     next_token(&c, &t)) {
		depth += ctext_is(&t, '(');
		if (!depth)
			break;
		lines.last = t.last_line;
		depth -= ctext_is(&t, ')');
	}
	return lines;
}

bool remark_covers(const struct remark *r, struct call_lines lines)
{
	return (r->first <= lines.last && r->last >= lines.first) ||
	       (r->alone && (r->below == lines.first ||
			     r->last + 1 == lines.first));
}

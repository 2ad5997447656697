// SPDX-License-Identifier: GPL-2.0-only
#include "rules/suppression/remarks.h"

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "rules/suppression/statement.h"

#define MARK "dmacheck:"

/* --- comments and the code around them --- */

struct comment {
	struct ctext_token token;
	unsigned int indent;	/* columns before it, with tabs of 8 */
	bool before;		/* there is code on its first line */
	unsigned int next;	/* line of the code that follows; 0: none */
};

struct comments {
	struct comment *list;
	size_t nr, alloc;
};

static unsigned int indent_of(const struct ctext_token *t)
{
	const char *p = t->start - (t->column - 1);
	unsigned int n = 0;

	for (; p < t->start; p++)
		n = *p == '\t' ? (n | 7) + 1 : n + 1;
	return n;
}

static void read_comments(struct comments *comments, const char *text,
			  size_t len)
{
	unsigned int code = 0;
	struct ctext_token token;
	struct ctext c;
	size_t told = 0;

	ctext_init(&c, text, len);
	do {
		ctext_next(&c, &token);
		if (token.kind == CTEXT_NEWLINE)
			continue;
		if (token.kind == CTEXT_COMMENT) {
			ALLOC_GROW(comments->list, comments->nr + 1,
				   comments->alloc);
			comments->list[comments->nr++] = (struct comment){
				.token = token, .indent = indent_of(&token),
				.before = code == token.line,
			};
			continue;
		}
		if (token.kind != CTEXT_END)
			code = token.last_line;
		for (; told < comments->nr; told++)
			comments->list[told].next =
				token.kind == CTEXT_END ? 0 : token.line;
	} while (token.kind != CTEXT_END);
}

static bool is_line_comment(const struct comment *c)
{
	return c->token.end - c->token.start > 1 && c->token.start[1] == '/';
}

/* Whether `b`, the next one, goes on with what `a` says. */
static bool goes_on(const struct comment *a, const struct comment *b)
{
	return is_line_comment(a) && is_line_comment(b) && !b->before &&
		b->token.line == a->token.last_line + 1 &&
		(!a->before || b->indent == a->indent);
}

/* Where the comments `from` to `to`, which are one, stand in the code. */
static void place(struct remark *remark, const struct comments *comments,
		  size_t from, size_t to)
{
	const struct comment *c = &comments->list[to];
	unsigned int last = c->token.last_line;

	remark->first = comments->list[from].token.line;
	remark->last = last;
	remark->alone = !comments->list[from].before && c->next != last;
	if (!remark->alone)
		return;
	for (to++; to < comments->nr; to++) {
		const struct comment *other = &comments->list[to];

		if (other->next != c->next || other->token.line > last + 1)
			break;
		last = other->token.last_line;
	}
	if (c->next && c->next <= last + 1)
		remark->below = c->next;
}

/* --- what they say --- */

/* A comment's text without its marks, character by character. */
struct letter {
	char c;
	unsigned int line, column;
};

struct letters {
	struct letter *list;
	size_t nr, alloc, at;
};

static void add_letter(struct letters *l, char c, unsigned int line,
		       unsigned int column)
{
	ALLOC_GROW(l->list, l->nr + 1, l->alloc);
	l->list[l->nr++] = (struct letter){ c, line, column };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* Whether [p, end) is nothing but "\" and blanks: a macro that goes on. */
static bool is_continuation(const char *p, const char *end)
{
	if (p == end || *p != '\\')
		return false;
	for (p++; p < end && is_blank(*p); p++)
		;
	return p == end;
}

static void add_line(struct letters *l, const char *p, const char *end,
		     unsigned int line, unsigned int column)
{
	while (end > p && is_blank(end[-1]))
		end--;
	for (; p < end && !is_continuation(p, end); p++)
		add_letter(l, *p ? *p : ' ', line, column++);
	add_letter(l, '\n', line, column);
}

static void add_comment(struct letters *l, const struct ctext_token *t)
{
	bool block = t->start[1] != '/';
	const char *p = t->start, *end = t->end, *line_start;
	unsigned int line = t->line;

	line_start = p - (t->column - 1);
	if (block && end - p >= 4 && end[-1] == '/' && end[-2] == '*')
		for (end -= 2; end > p + 2 && end[-1] == '*'; end--)
			;
	while (p < end && (*p == '/' || *p == '*' || *p == '!'))
		p++;
	while (p <= end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		if (!stop)
			stop = end;
		add_line(l, p, stop, line++,
			 (unsigned int)(p - line_start) + 1);
		p = line_start = stop + 1;
		if (stop == end)
			break;
		while (p < end && is_blank(*p))
			p++;
		while (block && p < end && *p == '*')
			p++;
	}
}

static char letter(const struct letters *l, size_t i)
{
	return i < l->nr ? l->list[i].c : '\0';
}

static void skip_blanks(struct letters *l, bool lines)
{
	while (is_blank(letter(l, l->at)) ||
	       (lines && letter(l, l->at) == '\n' &&
		letter(l, l->at + 1) != '\n'))
		l->at++;
}

static bool at_mark(const struct letters *l)
{
	size_t i;

	for (i = 0; i < sizeof(MARK) - 1; i++)
		if (letter(l, l->at + i) != MARK[i])
			return false;
	return true;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool says_something(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* "RULE, RULE"; the rest is at `l->at`. */
static void read_names(struct letters *l, struct remark *remark)
{
	size_t alloc = 0;

	for (;;) {
		struct remark_rule *rule;
		size_t start;
		char *p;

		skip_blanks(l, true);
		start = l->at;
		while (is_name(letter(l, l->at)))
			l->at++;
		if (l->at == start)
			return;
		ALLOC_GROW(remark->rules, remark->nr_rules + 1, alloc);
		rule = &remark->rules[remark->nr_rules++];
		*rule = (struct remark_rule){
			.name = p = xmalloc(l->at - start + 1),
			.line = l->list[start].line,
			.column = l->list[start].column,
		};
		for (; start < l->at; start++)
			*p++ = letter(l, start);
		*p = '\0';
		skip_blanks(l, true);
		if (letter(l, l->at) != ',')
			return;
		l->at++;
	}
}

/* Up to the end, an empty line, or the next mark. */
static char *read_reason(struct letters *l)
{
	char *reason = xmalloc(l->nr - l->at + 1), *p = reason;
	bool any = false;

	for (; l->at < l->nr; l->at++) {
		char c = letter(l, l->at);

		if (c == '\n') {
			l->at++;
			skip_blanks(l, false);
			if (letter(l, l->at) == '\n' || at_mark(l))
				break;
			l->at--;
		}
		any |= says_something(c);
		if (!is_blank(c) && c != '\n')
			*p++ = c;
		else if (p > reason && p[-1] != ' ')
			*p++ = ' ';
	}
	while (p > reason && p[-1] == ' ')
		p--;
	*p = '\0';
	if (any)
		return reason;
	free(reason);
	return NULL;
}

/* On to the next mark at the start of a line. */
static bool find_mark(struct letters *l)
{
	while (l->at < l->nr) {
		skip_blanks(l, false);
		if (at_mark(l))
			return true;
		while (l->at < l->nr && letter(l, l->at) != '\n')
			l->at++;
		l->at++;
	}
	return false;
}

static void read_remarks(struct remarks *remarks, struct letters *l,
			 const struct remark *where)
{
	while (find_mark(l)) {
		struct remark remark = *where;

		remark.line = l->list[l->at].line;
		remark.column = l->list[l->at].column;
		l->at += sizeof(MARK) - 1;
		read_names(l, &remark);
		if (letter(l, l->at) == ':' && remark.nr_rules) {
			l->at++;
			remark.reason = read_reason(l);
		}
		ALLOC_GROW(remarks->list, remarks->nr + 1, remarks->alloc);
		remarks->list[remarks->nr++] = remark;
		/* The start of a line, unless a mistake ended it before. */
		if (l->at && letter(l, l->at - 1) != '\n' && !at_mark(l))
			while (l->at < l->nr && letter(l, l->at) != '\n')
				l->at++;
	}
}

void remarks_read(struct remarks *remarks, const char *text, size_t len)
{
	struct comments comments = { NULL, 0, 0 };
	size_t i, j, k;

	read_comments(&comments, text, len);
	for (i = 0; i < comments.nr; i = j + 1) {
		struct letters letters = { NULL, 0, 0, 0 };
		struct remark where = { .line = 0 };

		for (j = i; j + 1 < comments.nr; j++)
			if (!goes_on(&comments.list[j], &comments.list[j + 1]))
				break;
		if (!memmem(comments.list[i].token.start,
			    (size_t)(comments.list[j].token.end -
				     comments.list[i].token.start),
			    MARK, sizeof(MARK) - 1))
			continue;
		place(&where, &comments, i, j);
		for (k = i; k <= j; k++)
			add_comment(&letters, &comments.list[k].token);
		read_remarks(remarks, &letters, &where);
		free(letters.list);
	}
	free(comments.list);
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

bool remark_covers(const struct remark *r, const struct statement *s)
{
	size_t i;

	if (r->first <= s->last && r->last >= s->starts[2])
		return true;
	for (i = 0; r->alone && i < ARRAY_SIZE(s->starts); i++)
		if (r->below == s->starts[i] || r->last + 1 == s->starts[i])
			return true;
	return s->plain && r->first >= s->starts[1] && r->last < s->starts[2];
}

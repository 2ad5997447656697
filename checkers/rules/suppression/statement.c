// SPDX-License-Identifier: GPL-2.0-only
#include "rules/suppression/statement.h"

#include "lib/alloc.h"
#include "lib/ctext.h"

/* What is between two braces, or outside of all. */
struct level {
	unsigned int start, sub;	/* see struct statement; 0: not begun */
	unsigned int parens;		/* that are open */
	unsigned int questions;		/* that no colon has answered */
	bool initialiser;
	bool directive;			/* a "#..." line, by itself */
	bool assigned;			/* "=" or return: what follows is a value */
	bool called;			/* since `sub` */
	bool word_before;		/* the outermost "(" */
	bool closed;			/* just now, the parenthesis of an `if` */
};

struct reader {
	struct ctext text;
	struct ctext_token token;	/* the one at hand */
	struct ctext_token before;	/* the one before, no comment */
	bool at_line_start;
	struct level *levels;
	size_t nr, alloc;
};

static struct level *top(const struct reader *r)
{
	return &r->levels[r->nr - 1];
}

static void push(struct reader *r, const struct level *level)
{
	ALLOC_GROW(r->levels, r->nr + 1, r->alloc);
	r->levels[r->nr++] = *level;
}

static void end_statement(struct level *l)
{
	l->start = l->sub = 0;
	l->parens = l->questions = 0;
	l->assigned = l->called = l->closed = false;
}

static void open_brace(struct reader *r)
{
	const struct level *l = top(r);
	const struct ctext_token *before = &r->before;
	struct level new = { 0 };

	new.initialiser = ctext_is(before, '=') ||
		(l->initialiser && (ctext_is(before, ',') ||
				    ctext_is(before, '{'))) ||
		(ctext_is(before, ')') && (l->parens || l->assigned ||
					   l->initialiser));
	if (new.initialiser)
		new.start = l->start;
	push(r, &new);
}

static void close_brace(struct reader *r)
{
	bool value = top(r)->initialiser;

	/* Braces need not pair where there are conditionals. */
	if (r->nr < 2 || top(r)->directive) {
		end_statement(top(r));
		return;
	}
	r->nr--;
	if (!value && !top(r)->parens)
		end_statement(top(r));
}

static void end_directive(struct reader *r)
{
	size_t i;

	for (i = r->nr; i-- > 0;) {
		if (!r->levels[i].directive)
			continue;
		r->nr = i;
		return;
	}
}

static void take_punct(struct reader *r)
{
	struct level *l = top(r);

	switch (*r->token.start) {
	case '(':
		l->called = true;
		if (!l->parens++)
			l->word_before = r->before.kind == CTEXT_WORD;
		break;
	case ')':
		if (l->parens && !--l->parens)
			l->closed = l->word_before;
		break;
	case '{':
		open_brace(r);
		break;
	case '}':
		close_brace(r);
		break;
	case ';':
		if (!l->parens)
			end_statement(l);
		break;
	case ',':
		if (l->initialiser && !l->parens)
			l->sub = 0;
		break;
	case '=':
		l->assigned |= !l->parens;
		break;
	case '?':
		l->questions += !l->parens;
		break;
	case ':':
		if (l->parens || l->initialiser)
			break;
		if (l->questions)
			l->questions--;
		else
			end_statement(l);
		break;
	}
}

/* The token is part of what is under way, or begins something. */
static void begin(struct reader *r)
{
	struct level *l = top(r);
	const struct ctext_token *t = &r->token;

	if (r->at_line_start && ctext_is(t, '#')) {
		struct level directive = { .directive = true };

		push(r, &directive);
		l = top(r);
	}
	if (l->closed && t->kind == CTEXT_WORD)
		l->sub = 0;
	l->closed = false;
	if (!l->start)
		l->start = t->line;
	if (!l->sub) {
		l->sub = t->line;
		l->called = false;
	}
}

static void take(struct reader *r)
{
	const struct ctext_token *t = &r->token;

	if (t->kind == CTEXT_PUNCT)
		take_punct(r);
	else if (ctext_is_word(t, "else") || ctext_is_word(t, "do"))
		top(r)->sub = 0;
	else if (ctext_is_word(t, "return"))
		top(r)->assigned = true;
	r->before = *t;
	r->at_line_start = false;
}

static bool ends_behind(const struct ctext_token *t, unsigned int line,
			unsigned int column)
{
	return t->last_line > line ||
		(t->last_line == line && t->end_column > column);
}

/* Go on to the next token that is no comment; false at the end. */
static bool next(struct reader *r)
{
	do
		ctext_next(&r->text, &r->token);
	while (r->token.kind == CTEXT_COMMENT ||
	       (r->token.kind == CTEXT_NEWLINE && !top(r)->directive));
	return r->token.kind != CTEXT_END && r->token.kind != CTEXT_NEWLINE;
}

/* The call's own parentheses; `r` is behind its name. */
static bool take_arguments(struct reader *r, unsigned int *last)
{
	unsigned int depth = 0;
	bool more = next(r);

	if (!more || !ctext_is(&r->token, '('))
		return more;
	do {
		if (ctext_is(&r->token, '('))
			depth++;
		if (ctext_is(&r->token, ')') && !--depth)
			break;
	} while (next(r));
	*last = r->token.line;
	return r->token.kind == CTEXT_PUNCT && next(r);
}

/*
 * Up to where the call ends, or what it is part of, if there is no other call
 * and no body before that.
 */
static unsigned int find_last(struct reader *r)
{
	unsigned int parens = top(r)->parens, last = r->token.last_line;
	bool more = take_arguments(r, &last);

	for (; more; more = next(r)) {
		const struct ctext_token *t = &r->token;

		if (ctext_is(t, '(') || ctext_is(t, '{') || ctext_is(t, '}'))
			break;
		if (ctext_is(t, ')')) {
			if (parens)
				last = t->line;
			if (parens <= 1)
				break;
			parens--;
		} else if (!parens && (ctext_is(t, ';') ||
				       (ctext_is(t, ',') &&
					top(r)->initialiser))) {
			last = t->line;
			break;
		}
	}
	return last;
}

static struct statement found(struct reader *r)
{
	const struct level *l = top(r);
	struct statement s = {
		.starts = { l->start, l->sub, r->token.line },
		.plain = !l->called,
	};

	s.last = find_last(r);
	return s;
}

struct statement statement_at(const char *text, size_t len, unsigned int line,
			      unsigned int column)
{
	struct statement s = {
		.starts = { line, line, line }, .plain = true, .last = line,
	};
	struct reader r = { .at_line_start = true };
	struct level outside = { 0 };

	ctext_init(&r.text, text, len);
	push(&r, &outside);
	for (;;) {
		const struct ctext_token *t = &r.token;

		ctext_next(&r.text, &r.token);
		if (t->kind == CTEXT_END)
			break;
		if (t->kind == CTEXT_NEWLINE) {
			end_directive(&r);
			r.at_line_start = true;
			continue;
		}
		if (t->kind == CTEXT_COMMENT) {
			if (t->line > line ||
			    (t->line == line && t->column > column) ||
			    !ends_behind(t, line, column))
				continue;
			s.starts[0] = s.starts[1] = s.starts[2] = t->line;
			s.last = t->last_line;
			break;
		}
		begin(&r);
		if (ends_behind(t, line, column)) {
			s = found(&r);
			break;
		}
		take(&r);
	}
	free(r.levels);
	return s;
}

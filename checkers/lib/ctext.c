// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pieces of a C file's text, for those who look at its comments, its
 * lines, or at the tokens as an array (lib/tokens.c).
 */
#include "lib/ctext.h"

const bool ctext_name_char[256] = {
	['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true,
	['_'] = true, ['$'] = true,
};

void ctext_init(struct ctext *c, const char *text, size_t len)
{
	*c = (struct ctext){ text, text + len, text, 1 };
}

static void take_char(struct ctext *c)
{
	if (*c->p++ == '\n') {
		c->line++;
		c->line_start = c->p;
	}
}

/* Compilers allow blanks between the backslash and the line's end. */
static bool skip_continuation(struct ctext *c)
{
	const char *p = c->p;

	if (p == c->end || *p != '\\')
		return false;
	do
		p++;
	while (p < c->end && (*p == ' ' || *p == '\t' || *p == '\r'));
	if (p == c->end || *p != '\n')
		return false;
	c->p = p;
	take_char(c);
	return true;
}

/* The next character, or -1. */
static int peek(struct ctext *c)
{
	while (skip_continuation(c))
		;
	return c->p < c->end ? (unsigned char)*c->p : -1;
}

/* The one behind it. */
static int peek_second(const struct ctext *c)
{
	struct ctext ahead = *c;

	take_char(&ahead);
	return peek(&ahead);
}

static bool is_blank(int ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\f' ||
		ch == '\v' || ch == '\0';
}

static bool is_word(int ch)
{
	return ch >= 0x80 || (ch >= 0 && ctext_name_char[ch]);
}

static void take_string(struct ctext *c)
{
	int quote = *c->p, ch;

	take_char(c);
	while ((ch = peek(c)) >= 0 && ch != '\n') {
		take_char(c);
		if (ch == quote)
			return;
		if (ch == '\\' && peek(c) >= 0 && peek(c) != '\n')
			take_char(c);
	}
}

static void take_word(struct ctext *c)
{
	struct ctext after;

	do {
		take_char(c);
		after = *c;
	} while (is_word(peek(c)));
	*c = after;
}

/* At the second character of its mark. */
static void take_comment(struct ctext *c)
{
	bool block = *c->p == '*';
	int ch;

	take_char(c);
	while ((ch = peek(c)) >= 0) {
		if (!block && ch == '\n')
			return;
		take_char(c);
		if (block && ch == '*' && peek(c) == '/') {
			take_char(c);
			return;
		}
	}
}

void ctext_next(struct ctext *c, struct ctext_token *token)
{
	int ch;

	while (is_blank(ch = peek(c)))
		take_char(c);
	token->start = c->p;
	token->line = c->line;
	token->column = (unsigned int)(c->p - c->line_start) + 1;
	if (ch < 0) {
		token->kind = CTEXT_END;
	} else if (ch == '\n') {
		token->kind = CTEXT_NEWLINE;
		token->end = c->p + 1;
		token->last_line = c->line;
		token->end_column = token->column + 1;
		take_char(c);
		return;
	} else if (ch == '/' && (peek_second(c) == '/' ||
				 peek_second(c) == '*')) {
		token->kind = CTEXT_COMMENT;
		take_char(c);
		peek(c);
		take_comment(c);
	} else if (ch == '"' || ch == '\'') {
		token->kind = CTEXT_STRING;
		take_string(c);
	} else if (is_word(ch)) {
		token->kind = CTEXT_WORD;
		take_word(c);
	} else {
		token->kind = CTEXT_PUNCT;
		take_char(c);
	}
	token->end = c->p;
	token->last_line = c->line;
	token->end_column = (unsigned int)(c->p - c->line_start) + 1;
}

bool ctext_is(const struct ctext_token *token, char punct)
{
	return token->kind == CTEXT_PUNCT && *token->start == punct;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens of a C text as an array, read by lib/ctext.c, for those who look
 * back and forth in it.
 */
#include "lib/tokens.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/ctext.h"

/* "#define" and "#  define" */
static bool is_define(const char *p)
{
	p++;
	p += strspn(p, " \t");
	return !strncmp(p, "define", 6);
}

static uint8_t token_kind_of(const struct ctext_token *token)
{
	if (token->kind == CTEXT_STRING)
		return TOKEN_LITERAL;
	if (token->kind != CTEXT_WORD)
		return TOKEN_SIGN;
	return isdigit((unsigned char)*token->start) ? TOKEN_LITERAL :
		TOKEN_WORD;
}

struct tokens tokens_read(const char *text)
{
	bool directive = false, define = false, line_begins = true;
	struct tokens all = { NULL, 0, 0 };
	struct ctext_token t;
	struct ctext c;

	ctext_init(&c, text, strlen(text));
	for (ctext_next(&c, &t); t.kind != CTEXT_END; ctext_next(&c, &t)) {
		if (t.kind == CTEXT_NEWLINE) {
			directive = define = false;
			line_begins = true;
		}
		if (t.kind == CTEXT_NEWLINE || t.kind == CTEXT_COMMENT)
			continue;
		if (line_begins && ctext_is(&t, '#')) {
			directive = true;
			define = is_define(t.start);
		}
		line_begins = false;
		ALLOC_GROW(all.list, all.nr + 1, all.alloc);
		all.list[all.nr++] = (struct token){
			.p = t.start, .len = (uint32_t)(t.end - t.start),
			.line = t.line, .column = t.column,
			.kind = token_kind_of(&t), .directive = directive,
			.define = define,
		};
	}
	return all;
}

bool token_is(const struct tokens *all, size_t i, const char *text)
{
	size_t len = strlen(text);

	return i < all->nr && all->list[i].len == len &&
	       !memcmp(all->list[i].p, text, len);
}

/* By how much the token opens or closes brackets. */
static int nesting(const struct tokens *all, size_t i)
{
	if (all->list[i].kind != TOKEN_SIGN)
		return 0;
	switch (*all->list[i].p) {
	case '(': case '[': case '{':
		return 1;
	case ')': case ']': case '}':
		return -1;
	default:
		return 0;
	}
}

size_t tokens_behind(const struct tokens *all, size_t open)
{
	int depth = 0, step;
	size_t i;

	for (i = open; i < all->nr; i++) {
		step = nesting(all, i);
		depth += step;
		if (step < 0 && !depth)
			return i + 1;
	}
	return all->nr;
}

size_t tokens_behind_head(const struct tokens *all, size_t open)
{
	size_t i = tokens_behind(all, open);

	while (i < all->nr && all->list[i].kind == TOKEN_WORD &&
	       !all->list[i].directive)
		i = token_is(all, i + 1, "(") ? tokens_behind(all, i + 1) :
			i + 1;
	return i;
}

void tokens_release(struct tokens *all)
{
	free(all->list);
	*all = (struct tokens){ NULL, 0, 0 };
}

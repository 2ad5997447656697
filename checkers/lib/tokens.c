// SPDX-License-Identifier: GPL-2.0-only
#include "lib/tokens.h"

#include <ctype.h>

#include "lib/alloc.h"

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

struct reading {
	const char *p, *line_start;
	unsigned int line;
	bool directive, define, line_begins;
};

static void pass(struct reading *r)
{
	if (*r->p == '\n') {
		r->line++;
		r->line_start = r->p + 1;
	}
	r->p++;
}

static bool skip_comment(struct reading *r)
{
	if (r->p[0] != '/' || (r->p[1] != '*' && r->p[1] != '/'))
		return false;
	if (r->p[1] == '/') {
		while (*r->p && *r->p != '\n')
			r->p++;
		return true;
	}
	r->p += 2;
	while (*r->p && !(r->p[0] == '*' && r->p[1] == '/'))
		pass(r);
	r->p += *r->p ? 2 : 0;
	return true;
}

/* What is no token: blanks, comments, continued lines. */
static bool skip_blank(struct reading *r)
{
	if (skip_comment(r))
		return true;
	if (*r->p == '\\' && r->p[1] == '\n') {
		pass(r);
		pass(r);
		return true;
	}
	if (!isspace((unsigned char)*r->p))
		return false;
	if (*r->p == '\n') {
		r->directive = r->define = false;
		r->line_begins = true;
	}
	pass(r);
	return true;
}

static void read_literal(struct reading *r)
{
	char quote = *r->p++;

	while (*r->p && *r->p != quote && *r->p != '\n') {
		if (*r->p == '\\' && r->p[1])
			pass(r);
		pass(r);
	}
	r->p += *r->p == quote;
}

static void read_token(struct reading *r, struct token *t)
{
	*t = (struct token){ .p = r->p, .line = r->line, .kind = TOKEN_SIGN,
		.column = (unsigned int)(r->p - r->line_start) + 1 };
	if (*r->p == '#' && r->line_begins) {
		const char *q = r->p + 1;

		while (*q == ' ' || *q == '\t')
			q++;
		r->directive = true;
		r->define = !strncmp(q, "define", 6);
	}
	r->line_begins = false;
	if (is_name_char(*r->p)) {
		t->kind = isdigit((unsigned char)*r->p) ? TOKEN_LITERAL : TOKEN_WORD;
		while (is_name_char(*r->p))
			r->p++;
	} else if (*r->p == '"' || *r->p == '\'') {
		t->kind = TOKEN_LITERAL;
		read_literal(r);
	} else {
		r->p++;
	}
	t->len = (uint32_t)(r->p - t->p);
	t->directive = r->directive;
	t->define = r->define;
}

struct tokens tokens_read(const char *text)
{
	struct reading r = { .p = text, .line_start = text, .line = 1,
		.line_begins = true };
	struct tokens all = { NULL, 0, 0 };

	while (*r.p) {
		if (skip_blank(&r))
			continue;
		ALLOC_GROW(all.list, all.nr + 1, all.alloc);
		read_token(&r, &all.list[all.nr++]);
	}
	return all;
}

bool token_is(const struct tokens *all, size_t i, const char *text)
{
	size_t len = strlen(text);

	return i < all->nr && all->list[i].len == len &&
	       !memcmp(all->list[i].p, text, len);
}

size_t tokens_behind(const struct tokens *all, size_t open)
{
	unsigned int depth = 0;
	size_t i;

	for (i = open; i < all->nr; i++) {
		depth += token_is(all, i, "(") || token_is(all, i, "[") || token_is(all, i, "{");
		if (token_is(all, i, ")") || token_is(all, i, "]") || token_is(all, i, "}"))
			if (!--depth)
				return i + 1;
	}
	return all->nr;
}

size_t tokens_behind_head(const struct tokens *all, size_t open)
{
	size_t i = tokens_behind(all, open);

	while (i < all->nr && all->list[i].kind == TOKEN_WORD &&
	       !all->list[i].directive)
		i = token_is(all, i + 1, "(") ? tokens_behind(all, i + 1) : i + 1;
	return i;
}

void tokens_release(struct tokens *all)
{
	free(all->list);
	*all = (struct tokens){ NULL, 0, 0 };
}

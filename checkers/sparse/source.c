// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads a C file into tokens, pairs its brackets in one pass, and finds the call and
 * the argument at a place; for candidates.c and takeover.c.
 */
#include "sparse/source.h"

#include <errno.h>

#include "lib/alloc.h"

/* Open brackets; those below `base` are outside of the directive. */
struct open_brackets {
	uint32_t *list;
	size_t nr, alloc, base;
	bool in_directive;
};

static bool begins_directive(const struct tokens *all, size_t i)
{
	return all->list[i].directive && token_is(all, i, "#") &&
		(!i || all->list[i - 1].line != all->list[i].line);
}

/* The brackets of a macro may be unpaired, and pair with none outside of it. */
static void enter_or_leave_directive(struct open_brackets *open,
				     const struct tokens *all, size_t i)
{
	if (open->in_directive &&
	    (!all->list[i].directive || begins_directive(all, i))) {
		open->nr = open->base;
		open->base = 0;
		open->in_directive = false;
	}
	if (!open->in_directive && all->list[i].directive) {
		open->base = open->nr;
		open->in_directive = true;
	}
}

static void close_bracket(struct source *s, struct open_brackets *open,
			  size_t i)
{
	/* A function ends here, even if an #if left brackets open in it. */
	if (!open->in_directive && s->tokens.list[i].column == 1 &&
	    token_is(&s->tokens, i, "}") && open->nr)
		open->nr = 1;
	if (open->nr == open->base)
		return;
	open->nr--;
	s->partner[i] = open->list[open->nr];
	s->partner[open->list[open->nr]] = (uint32_t)i;
}

static void pair_brackets(struct source *s)
{
	struct open_brackets open = { .nr = 0 };
	const struct tokens *all = &s->tokens;
	size_t i;

	s->partner = xcalloc(all->nr, sizeof(*s->partner));
	s->around = xcalloc(all->nr, sizeof(*s->around));
	for (i = 0; i < all->nr; i++) {
		char c = all->list[i].kind == TOKEN_SIGN ? *all->list[i].p : 0;

		s->partner[i] = SOURCE_NONE;
		enter_or_leave_directive(&open, all, i);
		if (c == ')' || c == ']' || c == '}')
			close_bracket(s, &open, i);
		s->around[i] = open.nr > open.base ? open.list[open.nr - 1] :
			SOURCE_NONE;
		if (c == '(' || c == '[' || c == '{') {
			ALLOC_GROW(open.list, open.nr + 1, open.alloc);
			open.list[open.nr++] = (uint32_t)i;
		}
	}
	free(open.list);
}

int source_read(struct source *source, const struct tree *tree,
		const char *path)
{
	size_t len;

	*source = (struct source)SOURCE_INIT;
	source->text = tree_read(tree, path, &len);
	if (!source->text)
		return -1;
	if (memchr(source->text, '\0', len)) {
		source_release(source);
		errno = EILSEQ;
		return -1;
	}
	source->tokens = tokens_read(source->text);
	pair_brackets(source);
	return 0;
}

void source_release(struct source *source)
{
	free(source->text);
	tokens_release(&source->tokens);
	free(source->partner);
	free(source->around);
	*source = (struct source)SOURCE_INIT;
}

size_t source_at(const struct source *source, unsigned int line,
		 unsigned int column)
{
	const struct token *list = source->tokens.list;
	size_t low = 0, high = source->tokens.nr;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (list[middle].line < line ||
		    (list[middle].line == line && list[middle].column < column))
			low = middle + 1;
		else
			high = middle;
	}
	return low < source->tokens.nr && list[low].line == line &&
		list[low].column == column ? low : SIZE_MAX;
}

bool source_is_word(const struct source *source, size_t i)
{
	return i < source->tokens.nr &&
		source->tokens.list[i].kind == TOKEN_WORD;
}

bool source_call_at(const struct source *source, size_t i,
		    struct source_call *call)
{
	if (!source_is_word(source, i) ||
	    !token_is(&source->tokens, i + 1, "(") ||
	    source->partner[i + 1] == SOURCE_NONE)
		return false;
	*call = (struct source_call){ i, i + 1, source->partner[i + 1] };
	return true;
}

static bool is_keyword(const struct source *source, size_t i)
{
	static const char *const keywords[] = {
		"if", "while", "for", "switch", "return", "sizeof", "typeof",
		"__typeof__", "likely", "unlikely", "case", "do", "else",
		"__builtin_expect",
	};
	size_t k;

	for (k = 0; k < ARRAY_SIZE(keywords); k++)
		if (token_is(&source->tokens, i, keywords[k]))
			return true;
	return false;
}

bool source_call_around(const struct source *source, size_t i,
			struct source_call *call)
{
	uint32_t open;

	for (open = source->around[i]; open != SOURCE_NONE;
	     open = source->around[open]) {
		if (token_is(&source->tokens, open, "{"))
			return false;
		if (open && source_call_at(source, open - 1, call) &&
		    call->open == open && !is_keyword(source, open - 1))
			return true;
	}
	return false;
}

/* The end of the argument that starts at `i`: a comma, or the call's end. */
static size_t argument_end(const struct source *source,
			   const struct source_call *call, size_t i)
{
	while (i < call->close && !token_is(&source->tokens, i, ",")) {
		uint32_t partner = source->partner[i];

		i = partner != SOURCE_NONE && partner > i ? partner + 1 : i + 1;
	}
	return i < call->close ? i : call->close;
}

unsigned int source_argument_of(const struct source *source,
				const struct source_call *call, size_t i)
{
	size_t end = argument_end(source, call, call->open + 1);
	unsigned int nr = 1;

	for (; end < i && end < call->close; nr++)
		end = argument_end(source, call, end + 1);
	return nr;
}

bool source_argument(const struct source *source,
		     const struct source_call *call, unsigned int nr,
		     size_t *start, size_t *end)
{
	*start = call->open + 1;
	*end = argument_end(source, call, *start);
	while (--nr && *end < call->close) {
		*start = *end + 1;
		*end = argument_end(source, call, *start);
	}
	return !nr && *end > *start;
}

char *source_function(const struct source *source, size_t i)
{
	const struct tokens *all = &source->tokens;
	uint32_t open;

	while (source->around[i] != SOURCE_NONE)
		i = source->around[i];
	if (!i || !token_is(all, i, "{") || !token_is(all, i - 1, ")"))
		return NULL;
	open = source->partner[i - 1];
	return open != SOURCE_NONE && open && source_is_word(source, open - 1) ?
		xstrndup(all->list[open - 1].p, all->list[open - 1].len) : NULL;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "fix/rebuild.h"

#include <ctype.h>

#include "lib/tokens.h"
#include "lib/alloc.h"

#define NOWHERE SIZE_MAX
#define MAX_DEPTH 3	/* of objects that come from objects */

/* Tokens from `from` up to `to`. */
struct span {
	size_t from, to;
};

struct body {
	struct span head, body;		/* its parameters, its statements */
};

struct rebuilding {
	const struct tokens *all;
	struct body map, unmap;
	char *why;
};

static void refuse(struct rebuilding *r, char *why)
{
	if (r->why)
		free(why);
	else
		r->why = why;
}

static char *text_of(const struct tokens *all, size_t i)
{
	return xstrndup(all->list[i].p, all->list[i].len);
}

static bool is_word(const struct tokens *all, size_t i)
{
	return i < all->nr && all->list[i].kind == TOKEN_WORD;
}

static bool is_arrow(const struct tokens *all, size_t i)
{
	return token_is(all, i, "-") && token_is(all, i + 1, ">");
}

static bool is_member(const struct tokens *all, size_t i)
{
	return i && (token_is(all, i - 1, ".") ||
		     (i > 1 && is_arrow(all, i - 2)));
}

static bool same(const struct tokens *all, size_t a, size_t b)
{
	return all->list[a].len == all->list[b].len &&
	       !memcmp(all->list[a].p, all->list[b].p, all->list[a].len);
}

/* A constant, as the kernel writes them: IS_ENABLED, DMA_ATTR_MMIO. */
static bool is_constant(const struct token *t)
{
	uint32_t i;

	for (i = 0; i < t->len; i++)
		if (islower((unsigned char)t->p[i]))
			return false;
	return true;
}

/* "=", "|=", "++" and the like behind token `i`. */
static bool is_changed(const struct tokens *all, size_t i)
{
	static const char signs[] = "|&+-^*/%";
	const struct token *next = i + 1 < all->nr ? &all->list[i + 1] : NULL;

	if (token_is(all, i + 1, "="))
		return !token_is(all, i + 2, "=");
	return next && next->kind == TOKEN_SIGN && strchr(signs, *next->p) &&
	       (token_is(all, i + 2, "=") ||
		(token_is(all, i + 1, "+") && token_is(all, i + 2, "+")) ||
		(token_is(all, i + 1, "-") && token_is(all, i + 2, "-")));
}

/* --- functions and calls --- */

static bool find_body(const struct tokens *all, const char *function,
		      struct body *body)
{
	size_t i, end;

	for (i = 0; i < all->nr; i++) {
		if (!token_is(all, i, function) || all->list[i].directive ||
		    !token_is(all, i + 1, "("))
			continue;
		end = tokens_behind_head(all, i + 1);
		if (!token_is(all, end, "{"))
			continue;
		body->head = (struct span){ i + 1, end };
		body->body = (struct span){ end, tokens_behind(all, end) };
		return true;
	}
	return false;
}

static size_t find_token(const struct tokens *all,
			 const struct rebuild_call *call)
{
	size_t i;

	for (i = 0; i < all->nr; i++)
		if (all->list[i].line == call->line &&
		    all->list[i].column == call->column)
			return i;
	return NOWHERE;
}

static struct span last_argument(const struct tokens *all, size_t call)
{
	struct span arg = { call + 2, call + 2 };
	size_t end, i;

	if (!token_is(all, call + 1, "("))
		return arg;
	end = tokens_behind(all, call + 1);
	for (i = call + 2; i + 1 < end; i++) {
		if (token_is(all, i, ","))
			arg.from = i + 1;
		if (token_is(all, i, "("))
			i = tokens_behind(all, i) - 1;
	}
	arg.to = end ? end - 1 : 0;
	return arg;
}

/* --- objects --- */

/* From the start of a declaration to the name that it declares, `at`. */
static size_t declaration(const struct tokens *all, size_t at)
{
	size_t i = at;

	while (i && !strchr(";{}(,", *all->list[i - 1].p))
		i--;
	return i;
}

/* Where `name` is declared in a function; NOWHERE if it is not, or twice. */
static size_t find_declared(const struct tokens *all, const struct body *body,
			    size_t name)
{
	size_t i, found = NOWHERE;

	for (i = body->head.from; i < body->body.to; i++) {
		size_t start;

		if (!is_word(all, i) || !same(all, i, name) ||
		    is_member(all, i))
			continue;
		start = declaration(all, i);
		if (start == i || !is_word(all, start) ||
		    token_is(all, start, "return") ||
		    (!token_is(all, i - 1, "*") && !is_word(all, i - 1)))
			continue;
		if (found != NOWHERE)
			return NOWHERE;
		found = i;
	}
	return found;
}

/* Whether anything but its declaration gives it a value. */
static bool is_set_again(const struct tokens *all, const struct body *body,
			 size_t name, size_t declared)
{
	size_t i;

	for (i = body->body.from; i < body->body.to; i++)
		if (i != declared && is_word(all, i) && same(all, i, name) &&
		    !is_member(all, i) &&
		    (is_changed(all, i) ||
		     (token_is(all, i - 1, "&") && !is_arrow(all, i + 1))))
			return true;
	return false;
}

static size_t end_of_value(const struct tokens *all, size_t i)
{
	for (; i < all->nr && !token_is(all, i, ";") && !token_is(all, i, ",");
	     i++)
		if (token_is(all, i, "("))
			i = tokens_behind(all, i) - 1;
	return i;
}

/* What leads from one object to that which it is part of. */
static bool leads_to_object(const struct tokens *all, size_t i)
{
	return token_is(all, i, "container_of") ||
	       (all->list[i].len > 3 && !memcmp(all->list[i].p, "to_", 3));
}

/* Whether `name` is the same object in both functions. */
static bool is_same_object(const struct rebuilding *r, size_t name,
			   unsigned int depth)
{
	const struct tokens *all = r->all;
	size_t m = find_declared(all, &r->map, name);
	size_t u = find_declared(all, &r->unmap, name);
	size_t a, b, i, end;

	if (m == NOWHERE || u == NOWHERE || depth > MAX_DEPTH ||
	    is_set_again(all, &r->map, name, m) ||
	    is_set_again(all, &r->unmap, name, u))
		return false;
	a = declaration(all, m);
	b = declaration(all, u);
	end = token_is(all, m + 1, "=") ? end_of_value(all, m) : m + 1;
	for (i = 0; a + i < end; i++)
		if (b + i >= all->nr || !same(all, a + i, b + i))
			return false;
	/* A parameter; a local is what it begins with. */
	if (end == m + 1)
		return m < r->map.head.to && u < r->unmap.head.to;
	for (i = m + 2; i < end; i++)
		if (is_word(all, i) && !is_member(all, i) &&
		    !token_is(all, i, "struct") &&
		    !(i && token_is(all, i - 1, "struct")) &&
		    !leads_to_object(all, i) && !is_constant(&all->list[i]) &&
		    !(token_is(all, i + 1, ")") && token_is(all, i - 1, ",")) &&
		    !is_same_object(r, i, depth + 1))
			return false;
	return true;
}

/* --- fields --- */

/* The struct that `name` is a pointer to in the function around it. */
static size_t record_of(const struct tokens *all, const struct body *body,
			size_t name)
{
	size_t at = find_declared(all, body, name), start;

	if (at == NOWHERE)
		return NOWHERE;
	start = declaration(all, at);
	while (token_is(all, start, "const") || token_is(all, start, "static"))
		start++;
	return token_is(all, start, "struct") && token_is(all, start + 2, "*") ?
		start + 1 : NOWHERE;
}

static bool body_around(const struct tokens *all, size_t at,
			struct body *body)
{
	size_t i = at;

	while (i && !(token_is(all, i, "{") && all->list[i].column == 1))
		i--;
	if (!i)
		return false;
	body->body = (struct span){ i, tokens_behind(all, i) };
	while (i && !strchr(";}", *all->list[i - 1].p) &&
	       !all->list[i - 1].directive)
		i--;
	body->head = (struct span){ i, body->body.from };
	return at < body->body.to;
}

/* Whether the function makes the object: "a = kzalloc(...)". */
static bool is_made(const struct tokens *all, const struct body *body,
		    size_t name)
{
	size_t i, j;

	for (i = body->body.from; i < body->body.to; i++) {
		if (!is_word(all, i) || !same(all, i, name) ||
		    is_member(all, i) || !token_is(all, i + 1, "="))
			continue;
		for (j = i + 2; j < all->nr && !token_is(all, j, ";"); j++) {
			char *word = text_of(all, j);
			bool makes = strstr(word, "alloc") != NULL;

			free(word);
			if (makes)
				return true;
		}
	}
	return false;
}

static bool is_defined_here(const struct tokens *all, size_t record)
{
	size_t i;

	for (i = 0; i + 2 < all->nr; i++)
		if (token_is(all, i, "struct") && same(all, i + 1, record) &&
		    token_is(all, i + 2, "{"))
			return true;
	return false;
}

/* Refuse a field that is not set once and for all. */
static void check_field(struct rebuilding *r, size_t field, size_t record)
{
	const struct tokens *all = r->all;
	char *name = text_of(all, field);
	size_t i;

	if (record == NOWHERE || !is_defined_here(all, record))
		refuse(r, xstrfmt("who else sets %s is not known", name));
	for (i = 3; i < all->nr && !r->why; i++) {
		struct body body;
		bool inside;
		size_t its;

		if (!is_word(all, i) || !same(all, i, field) ||
		    !is_member(all, i) ||
		    (!is_changed(all, i) && !token_is(all, i - 4, "&")))
			continue;
		inside = body_around(all, i, &body);
		/* What an object of the file begins with. */
		if (!inside && token_is(all, i - 1, "."))
			continue;
		its = inside && is_arrow(all, i - 2) && is_word(all, i - 3) ?
			record_of(all, &body, i - 3) : NOWHERE;
		if (its != NOWHERE && !same(all, its, record))
			continue;
		if (its == NOWHERE || !is_made(all, &body, i - 3))
			refuse(r, xstrfmt("%s is set in line %u, too", name,
					  all->list[i].line));
	}
	free(name);
}

/* --- the expression --- */

/* "#define name(p) ..." of the file: its parameter; its text in *span. */
static size_t find_macro(const struct tokens *all, size_t name,
			 struct span *span)
{
	size_t i;

	for (i = 2; i + 3 < all->nr; i++) {
		if (!same(all, i, name) || !token_is(all, i - 1, "define") ||
		    !token_is(all, i + 1, "(") || !token_is(all, i + 3, ")") ||
		    all->list[i + 1].p != all->list[i].p + all->list[i].len)
			continue;
		span->from = i + 4;
		for (span->to = i + 4; span->to < all->nr &&
		     all->list[span->to].define &&
		     !token_is(all, span->to, "#"); span->to++)
			;
		return i + 2;
	}
	return NOWHERE;
}

/* A macro of one object: what it is made of besides that. */
static void check_macro(struct rebuilding *r, size_t call)
{
	const struct tokens *all = r->all;
	struct span text = { 0, 0 };
	size_t param = find_macro(all, call, &text), i, record;
	char *name = text_of(all, call);

	if (param == NOWHERE || !is_word(all, call + 2) ||
	    !token_is(all, call + 3, ")")) {
		refuse(r, xstrfmt("what %s() gives there is not known", name));
		free(name);
		return;
	}
	record = record_of(all, &r->map, call + 2);
	for (i = text.from; i < text.to && !r->why; i++) {
		if (!is_word(all, i) || is_constant(&all->list[i]))
			continue;
		if (is_member(all, i))
			check_field(r, i, record);
		else if (!same(all, i, param))
			refuse(r, xstrfmt("what %s() gives there is not known",
					  name));
	}
	free(name);
}

static void check_value(struct rebuilding *r, struct span value)
{
	const struct tokens *all = r->all;
	size_t i;

	for (i = value.from; i < value.to && !r->why; i++) {
		char *name;

		if (!is_word(all, i) ||
		    (is_constant(&all->list[i]) && !token_is(all, i + 1, "(")))
			continue;
		name = text_of(all, i);
		if (is_member(all, i) && is_arrow(all, i - 2) &&
		    is_word(all, i - 3) && !is_member(all, i - 3))
			check_field(r, i, record_of(all, &r->map, i - 3));
		else if (is_member(all, i))
			refuse(r, xstrfmt("who else sets %s is not known", name));
		else if (token_is(all, i + 1, "("))
			check_macro(r, i);
		else if (!is_same_object(r, i, 0))
			refuse(r, xstrfmt("%s is not the same in both functions, for all that is known",
					  name));
		free(name);
	}
}

/* The only value that the variable has; an empty span if there are others. */
static struct span only_value(const struct rebuilding *r, size_t variable)
{
	const struct tokens *all = r->all;
	struct span value = { 0, 0 };
	size_t i;

	for (i = r->map.body.from; i < r->map.body.to; i++) {
		if (!is_word(all, i) || !same(all, i, variable) ||
		    is_member(all, i))
			continue;
		if (token_is(all, i - 1, "&") ||
		    (is_changed(all, i) && value.to))
			return (struct span){ 0, 0 };
		if (!is_changed(all, i))
			continue;
		if (!token_is(all, i + 1, "="))
			return (struct span){ 0, 0 };
		value = (struct span){ i + 2, end_of_value(all, i + 2) };
	}
	return value;
}

static void examine(struct rebuilding *r, const struct rebuild_call *map,
		    const struct rebuild_call *unmap)
{
	const struct tokens *all = r->all;
	size_t m = find_token(all, map), u = find_token(all, unmap);
	struct span attrs, value;

	if (m == NOWHERE || u == NOWHERE ||
	    !find_body(all, map->function, &r->map) ||
	    !find_body(all, unmap->function, &r->unmap)) {
		refuse(r, xstrdup("the functions are not found in the text"));
		return;
	}
	attrs = last_argument(all, u);
	if (attrs.to != attrs.from + 1 || !token_is(all, attrs.from, "0")) {
		refuse(r, xstrdup("the unmap has attributes of its own"));
		return;
	}
	attrs = last_argument(all, m);
	value = attrs.to == attrs.from + 1 && is_word(all, attrs.from) ?
		only_value(r, attrs.from) : (struct span){ 0, 0 };
	if (!value.to)
		refuse(r, xstrdup("the map's attributes are not a variable with one value"));
	else
		check_value(r, value);
}

char *rebuild_obstacle(const char *text, const struct rebuild_call *map,
		       const struct rebuild_call *unmap)
{
	struct tokens all = tokens_read(text);
	struct rebuilding r = { .all = &all };

	if (!strcmp(map->function, unmap->function))
		refuse(&r, xstrdup("it is mapped and unmapped in one function"));
	else
		examine(&r, map, unmap);
	tokens_release(&all);
	return r.why;
}

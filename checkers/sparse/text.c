// SPDX-License-Identifier: GPL-2.0-only
#include "sparse/text.h"

#include <errno.h>

#include "lib/alloc.h"
#include "lib/path.h"

/* No call in the kernel is longer; a lost parenthesis ends here. */
#define MAX_CALL	16384

enum { NAME = 1, DIGIT = 2 };

/* By character; all names are ASCII. */
static const unsigned char classes[256] = {
	['0'] = DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT,
	DIGIT,
	['A'] = NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME,
	NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME,
	NAME, NAME, NAME, NAME,
	['_'] = NAME,
	['a'] = NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME,
	NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME,
	NAME, NAME, NAME, NAME,
};

static inline bool starts_name(char c)
{
	return classes[(unsigned char)c] & NAME;
}

static inline bool in_name(char c)
{
	return classes[(unsigned char)c];
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\\';
}

/* --- reading --- */

static void blank(char *from, const char *to)
{
	for (; from < to; from++)
		if (*from != '\n')
			*from = ' ';
}

/* What #include names is looked at, too. */
static bool in_include(const struct text *text, const char *quote)
{
	const char *p = quote;

	while (p > text->code && p[-1] != '\n')
		p--;
	p += strspn(p, " \t#");
	return !strncmp(p, "include", 7);
}

/* Behind the comment or literal that starts at `p`, which becomes blank. */
static char *blank_one(char *p)
{
	char *end = p + 1;

	if (p[0] == '/' && p[1] == '*') {
		char *close = strstr(p + 2, "*/");

		end = close ? close + 2 : p + strlen(p);
		blank(p, end);
	} else if (p[0] == '/' && p[1] == '/') {
		end = p + strcspn(p, "\n");
		blank(p, end);
	} else {
		while (*end && *end != *p && *end != '\n')
			end += end[0] == '\\' && end[1] ? 2 : 1;
		blank(p + 1, end);
		end += *end == *p;
	}
	return end;
}

static void add_line(struct text *text, size_t start)
{
	ALLOC_GROW(text->lines, text->nr_lines + 1, text->alloc);
	text->lines[text->nr_lines++] = start;
}

int text_read(struct text *text, const struct tree *tree, const char *path)
{
	char *p;

	text_release(text);
	text->code = tree_read(tree, path, &text->len);
	if (!text->code)
		return -1;
	if (memchr(text->code, '\0', text->len)) {
		text_release(text);
		errno = EILSEQ;
		return -1;
	}
	for (p = text->code; (p = strpbrk(p, "/\"'"));) {
		if (*p == '/' && p[1] != '*' && p[1] != '/')
			p++;
		else if (*p == '"' && in_include(text, p))
			p += strcspn(p, "\n");
		else
			p = blank_one(p);
	}
	add_line(text, 0);
	for (p = text->code; (p = strchr(p, '\n')); p++)
		add_line(text, (size_t)(p - text->code) + 1);
	return 0;
}

void text_release(struct text *text)
{
	free(text->code);
	free(text->lines);
	*text = (struct text)TEXT_INIT;
}

/* --- places --- */

size_t text_offset(const struct text *text, unsigned int line,
		   unsigned int column)
{
	unsigned int at = 1;
	size_t i;

	if (!line || line > text->nr_lines)
		return SIZE_MAX;
	for (i = text->lines[line - 1]; i < text->len; i++) {
		if (at >= column)
			return i;
		if (text->code[i] == '\n')
			break;
		at = text->code[i] == '\t' ? ((at + 7) & ~7U) + 1 : at + 1;
	}
	return SIZE_MAX;
}

unsigned int text_line(const struct text *text, size_t at,
		       unsigned int *column)
{
	size_t low = 0, high = text->nr_lines;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (text->lines[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	*column = (unsigned int)(at - text->lines[low]) + 1;
	return (unsigned int)low + 1;
}

bool text_is(const struct text *text, size_t start, size_t len,
	     const char *name)
{
	return strlen(name) == len && !memcmp(text->code + start, name, len);
}

bool text_identifier(const struct text *text, size_t at, size_t end,
		     size_t *start, size_t *len)
{
	const char *code = text->code;

	while (at < end) {
		if (starts_name(code[at])) {
			*start = at;
			while (at < end && in_name(code[at]))
				at++;
			*len = at - *start;
			return true;
		}
		/* Not the "UL" of "1UL". */
		if (in_name(code[at]))
			while (at < end && in_name(code[at]))
				at++;
		else
			at++;
	}
	return false;
}

/* --- calls --- */

/* The ")" of the "(" at `open`; SIZE_MAX if it is not closed. */
static size_t find_close(const struct text *text, size_t open)
{
	size_t end = open + MAX_CALL < text->len ? open + MAX_CALL : text->len;
	size_t depth = 0, i;

	for (i = open; i < end; i++) {
		if (text->code[i] == '(')
			depth++;
		else if (text->code[i] == ')' && !--depth)
			return i;
	}
	return SIZE_MAX;
}

static bool is_keyword(const struct text *text, size_t start, size_t len)
{
	static const char *const words[] = {
		"if", "while", "for", "switch", "return", "sizeof", "typeof",
		"__typeof__", "likely", "unlikely", "case", "do", "else",
		"__builtin_expect",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (text_is(text, start, len, words[i]))
			return true;
	return false;
}

bool text_call_at(const struct text *text, size_t at, struct text_call *call)
{
	size_t i = at;

	if (at >= text->len || !starts_name(text->code[at]) ||
	    (at && in_name(text->code[at - 1])))
		return false;
	while (in_name(text->code[i]))
		i++;
	call->name = at;
	call->name_len = i - at;
	while (is_blank(text->code[i]))
		i++;
	if (text->code[i] != '(')
		return false;
	call->open = i;
	call->close = find_close(text, i);
	return call->close != SIZE_MAX;
}

/* The call whose "(" is at `open`, if a name stands before it. */
static bool call_of(const struct text *text, size_t open,
		    struct text_call *call)
{
	size_t end = open, start;

	while (end && is_blank(text->code[end - 1]))
		end--;
	start = end;
	while (start && in_name(text->code[start - 1]))
		start--;
	return start < end && text_call_at(text, start, call) &&
		!is_keyword(text, start, end - start);
}

bool text_call_around(const struct text *text, size_t at,
		      struct text_call *call)
{
	size_t stop = at > MAX_CALL ? at - MAX_CALL : 0, depth = 0;

	while (at > stop) {
		char c = text->code[--at];

		if (c == ')' || c == '}')
			depth++;
		else if ((c == '(' || c == '{') && depth)
			depth--;
		else if (c == '(' && call_of(text, at, call))
			return true;
		else if ((c == ';' || c == '{') && !depth)
			return false;
	}
	return false;
}

unsigned int text_argument_of(const struct text *text,
			      const struct text_call *call, size_t at)
{
	unsigned int nr = 1;
	size_t depth = 0, i;

	for (i = call->open + 1; i < at && i < call->close; i++) {
		char c = text->code[i];

		if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
		else if (c == ',' && !depth)
			nr++;
	}
	return nr;
}

bool text_argument(const struct text *text, const struct text_call *call,
		   unsigned int nr, size_t *start, size_t *end)
{
	size_t depth = 0, i, from = call->open + 1;
	unsigned int at = 1;

	for (i = from; i <= call->close; i++) {
		char c = text->code[i];

		if (i == call->close || (c == ',' && !depth)) {
			if (at++ == nr)
				break;
			from = i + 1;
		} else if (c == '(' || c == '[' || c == '{') {
			depth++;
		} else if (c == ')' || c == ']' || c == '}') {
			depth -= depth > 0;
		}
	}
	if (i > call->close)
		return false;
	while (from < i && is_blank(text->code[from]))
		from++;
	while (i > from && is_blank(text->code[i - 1]))
		i--;
	*start = from;
	*end = i;
	return i > from;
}

/* --- functions --- */

/* The name before the ")" behind which a "{" at depth 0 stands, or NULL. */
static char *name_before(const struct text *text, size_t brace)
{
	size_t at = brace, depth = 0, end;

	while (at && is_blank(text->code[at - 1]))
		at--;
	if (!at || text->code[at - 1] != ')')
		return NULL;
	do {
		at--;
		if (text->code[at] == ')')
			depth++;
		else if (text->code[at] == '(' && !--depth)
			break;
	} while (at);
	while (at && is_blank(text->code[at - 1]))
		at--;
	end = at;
	while (at && in_name(text->code[at - 1]))
		at--;
	return end > at ? xstrndup(text->code + at, end - at) : NULL;
}

char *text_function(const struct text *text, size_t at)
{
	size_t depth = 0, body = 0, line, i;

	for (line = 0; line < text->nr_lines; line++) {
		size_t start = text->lines[line];
		size_t end = line + 1 < text->nr_lines ?
			text->lines[line + 1] : text->len;

		if (start > at)
			break;
		/* The kernel's bodies end so, whatever #if left inside. */
		if (text->code[start] == '}')
			depth = 0;
		if (text->code[start] == '}' || text->code[start] == '#')
			continue;
		for (i = start; i < end && i < at; i++) {
			if (text->code[i] == '{' && !depth++)
				body = i;
			else if (text->code[i] == '}' && depth)
				depth--;
		}
	}
	return depth ? name_before(text, body) : NULL;
}

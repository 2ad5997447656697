// SPDX-License-Identifier: GPL-2.0-only
/* Splits shell commands into words; for the readers of compile commands. */
#include "compile/shell-words.h"

#include "lib/alloc.h"

/* Copy the text between quotes; `p` is behind the first one. */
static const char *copy_single(const char *p, char **out)
{
	while (*p && *p != '\'')
		*(*out)++ = *p++;
	return *p ? p + 1 : p;
}

static const char *copy_double(const char *p, char **out)
{
	while (*p && *p != '"') {
		if (*p == '\\' && p[1] && strchr("\"\\$`\n", p[1]))
			p++;
		*(*out)++ = *p++;
	}
	return *p ? p + 1 : p;
}

static bool ends_word(char c)
{
	switch (c) {
	case ' ': case '\t': case '\n': case ';': case '&': case '|':
	case '(': case ')': case '<': case '>':
		return true;
	default:
		return false;
	}
}

/* Copy one word; returns the position behind it. */
static const char *copy_word(const char *p, char **out)
{
	while (*p && !ends_word(*p)) {
		switch (*p) {
		case '\'':
			p = copy_single(p + 1, out);
			break;
		case '"':
			p = copy_double(p + 1, out);
			break;
		case '\\':
			p++;
			if (*p == '\n')
				p++;
			else if (*p)
				*(*out)++ = *p++;
			break;
		default:
			*(*out)++ = *p++;
			break;
		}
	}
	*(*out)++ = '\0';
	return p;
}

/* Skip blanks between words, and a backslash at the end of a line. */
static const char *shell_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || (p[0] == '\\' && p[1] == '\n'))
		p += *p == '\\' ? 2 : 1;
	return p;
}

const char *shell_words_next(struct shell_words *words, const char *line)
{
	size_t len;
	char *out;

	words->nr = 0;
	line += strspn(line, " \t\n;&|()<>");
	if (!*line)
		return NULL;
	/* A word takes at most its length, and its NUL replaces the end mark. */
	len = strlen(line) + 1;
	if (len > words->room) {
		free(words->text);
		words->text = xmalloc(len);
		words->room = len;
	}
	out = words->text;
	while (*line && !ends_word(*line)) {
		ALLOC_GROW(words->list, words->nr + 1, words->alloc);
		words->list[words->nr++] = out;
		line = copy_word(line, &out);
		line = shell_blanks(line);
	}
	return line;
}

void shell_words_release(struct shell_words *words)
{
	free(words->list);
	free(words->text);
	*words = (struct shell_words)SHELL_WORDS_INIT;
}

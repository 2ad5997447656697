/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_SHELL_WORDS_H
#define COMPILE_SHELL_WORDS_H
#include "lib/compat.h"
/*
 * Splits shell lines that make prints and kbuild saves into commands and words.
 * Quotes and backslashes work as in the shell; variables, patterns and $(...) are
 * not expanded.
 */
struct shell_words {
	char **list;		/* the words of one command */
	size_t nr, alloc;
	char *text;		/* their memory */
	size_t room;
};
#define SHELL_WORDS_INIT { NULL, 0, 0, NULL, 0 }

/*
 * Read the next command of `line`, which may have several, separated by ;, &, |,
 * parentheses, redirections or newlines. Returns the position behind it, or NULL if
 * there is no other. The words are valid until the next call. An unclosed quote ends
 * with the line.
 */
const char *shell_words_next(struct shell_words *words, const char *line);

void shell_words_release(struct shell_words *words);

#endif

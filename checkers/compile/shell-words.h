/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_SHELL_WORDS_H
#define COMPILE_SHELL_WORDS_H
#include "lib/compat.h"
/*
 * Splits lines of shell, as make prints them and kbuild saves them, into
 * commands and words. Quotes and backslashes are the shell's; variables,
 * patterns and $(...) are left as they stand.
 */
struct shell_words {
	char **list;		/* the words of one command */
	size_t nr, alloc;
	char *text;		/* where they are */
	size_t room;
};
#define SHELL_WORDS_INIT { NULL, 0, 0, NULL, 0 }

/*
 * Read the next command from `line`, which may hold several with ;, &, |,
 * parentheses, redirections or newlines between them. Returns what is behind
 * it, or NULL if there was no other; the words are good until the next call.
 * An unfinished quote ends with the line.
 */
const char *shell_words_next(struct shell_words *words, const char *line);

void shell_words_release(struct shell_words *words);

#endif

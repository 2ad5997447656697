/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_TOKENS_H
#define LIB_TOKENS_H
#include "lib/compat.h"
/*
 * The text of a C file as tokens, without blanks and comments. Nothing is
 * expanded, and the branches of conditionals are all there.
 */
enum token_kind {
	TOKEN_WORD,
	TOKEN_LITERAL,		/* a number, a string, a character */
	TOKEN_SIGN,		/* one character */
};
struct token {
	const char *p;		/* in the text */
	uint32_t len;
	unsigned int line, column;	/* from 1 */
	uint8_t kind;
	bool directive, define;	/* in a line that begins with #, #define */
};

struct tokens {
	struct token *list;
	size_t nr, alloc;
};

/* Those of `text`, which must live as long; the caller releases them. */
struct tokens tokens_read(const char *text);
void tokens_release(struct tokens *all);

/* Whether token `i` is there and is `text`. */
bool token_is(const struct tokens *all, size_t i, const char *text);

/* From an open parenthesis to what is behind it; nr if it is never closed. */
size_t tokens_behind(const struct tokens *all, size_t open);

/* Behind a parameter list and what may stand there: __acquires(x). */
size_t tokens_behind_head(const struct tokens *all, size_t open);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_CTEXT_H
#define LIB_CTEXT_H
#include "lib/compat.h"
/*
 * The text of a C file, piece by piece, comments and line ends among them.
 * Nothing is preprocessed. A backslash at the end of a line joins it with the
 * next one wherever it stands; CR LF ends a line as LF does.
 */
enum ctext_kind {
	CTEXT_END,
	CTEXT_NEWLINE,		/* one that ends a logical line */
	CTEXT_WORD,		/* an identifier, a keyword, a number */
	CTEXT_PUNCT,		/* one character */
	CTEXT_STRING,		/* "..." or '...'; up to the line's end at most */
	CTEXT_COMMENT,
};

struct ctext {
	const char *p, *end, *line_start;
	unsigned int line;
};

struct ctext_token {
	enum ctext_kind kind;
	const char *start, *end;	/* in the text, comment marks included */
	unsigned int line, column;	/* of `start`, from 1, in bytes */
	unsigned int last_line;		/* of its last character, */
	unsigned int end_column;	/* and the column behind that */
};

/* Read the `len` bytes at `text`, which must stay; any bytes will do. */
void ctext_init(struct ctext *c, const char *text, size_t len);

/* The next piece; CTEXT_END again and again at the end. */
void ctext_next(struct ctext *c, struct ctext_token *token);

/*
 * A letter, a digit, '_', or '$', which compilers take in names. Bytes that are
 * not ASCII are none: a quotation mark may be one, and stand beside a name.
 */
extern const bool ctext_name_char[256];
static inline bool ctext_in_name(char c)
{
	return ctext_name_char[(unsigned char)c];
}

/* Whether it is that character. */
bool ctext_is(const struct ctext_token *token, char punct);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_LEXER_H
#define TREE_LEXER_H
#include "lib/compat.h"
/*
 * Reads the text of one C file and finds the identifiers in it, and how each is
 * used (enum index_kind). It reads a whole kernel in a few seconds: it knows
 * comments, strings, braces and directives, counts braces in the first branch
 * of each conditional only, and takes the rest from the kernel's coding style.
 */

/*
 * An identifier and how it is used: 56 bits of its hash, so that a kernel's
 * two million do not get mixed up, with the kinds below them.
 */
typedef uint64_t lexer_word;
#define LEXER_KINDS	UINT64_C(0xff)

/* The word of the identifier of `len` bytes at `name`, without kinds. */
lexer_word lexer_hash(const char *name, size_t len);

/* What one thread needs to read files. */
struct lexer {
	lexer_word *words;	/* each identifier once, in order of use */
	uint32_t nr, alloc;
	uint32_t *slots;	/* hash table, open addressing: number + 1 */
	uint32_t *places;	/* of each word in `slots` */
	uint32_t mask;		/* number of slots - 1 */
	bool userspace;		/* includes a header of the C library */
};

void lexer_init(struct lexer *lexer);
void lexer_release(struct lexer *lexer);

/* The number of NULs that must follow the text. */
#define LEXER_PADDING	16

/*
 * Read `text`, of `len` bytes. Sets lexer->words and userspace, to be read
 * before the next one.
 */
void lexer_scan(struct lexer *lexer, const char *text, size_t len);

/* For other ways to read a text: begin, and add an identifier with kinds. */
void lexer_begin(struct lexer *lexer);
void lexer_add(struct lexer *lexer, const char *name, size_t len,
	       unsigned int kinds);

#endif

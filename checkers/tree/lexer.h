/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_LEXER_H
#define TREE_LEXER_H
#include "lib/compat.h"
/*
 * Reads the text of one C file and finds the identifiers in it, and how each is
 * used (enum index_kind). It knows comments, strings, braces and directives, counts
 * braces only in the first branch of each conditional, and relies on the kernel's
 * coding style for the rest.
 */

/*
 * An identifier and how it is used: 56 bits of its hash, enough for the two million
 * identifiers of a kernel, above the kinds.
 */
typedef uint64_t lexer_word;
#define LEXER_KINDS	UINT64_C(0xff)

/* The lexer_word of the identifier of `len` bytes at `name`, without kinds. */
lexer_word lexer_hash(const char *name, size_t len);

/* The state of one thread that reads files. */
struct lexer {
	lexer_word *words;	/* each identifier once, in order of first use */
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
 * Read `text`, of `len` bytes. Sets lexer->words and userspace, until the next
 * call.
 */
void lexer_scan(struct lexer *lexer, const char *text, size_t len);

/* For other readers of text: begin, and add an identifier with kinds. */
void lexer_begin(struct lexer *lexer);
void lexer_add(struct lexer *lexer, const char *name, size_t len,
	       unsigned int kinds);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_LEXER_H
#define TREE_LEXER_H
#include "lib/compat.h"
#include "lib/intern.h"
/*
 * Reads the text of one C file and says which of a set of names it holds, and
 * how (enum index_kind). Made for reading a whole kernel in a second or two:
 * it knows comments, strings, braces and directives, and follows the first
 * branch of each conditional as to braces; the rest is guessed from the
 * kernel's coding style.
 */

/* The names, ready to be looked for. Read-only afterwards: threads share it. */
struct lexer_names {
	const struct intern_pool *pool;
	struct lexer_slot *slots;	/* hash table, open addressing */
	uint32_t mask;			/* number of slots - 1 */
	uint64_t *filter;		/* a bit for each hash that occurs */
};

/* `pool` must live as long as `names` does and not grow meanwhile. */
void lexer_names_init(struct lexer_names *names,
		      const struct intern_pool *pool);
void lexer_names_release(struct lexer_names *names);

/* What one thread needs to read files. */
struct lexer {
	const struct lexer_names *names;
	unsigned char *kinds;	/* for each name; all 0 between files */
	uint32_t *found;	/* names with kinds != 0, as they came */
	uint32_t nr_found;
	bool userspace;		/* includes a header of the C library */
};

void lexer_init(struct lexer *lexer, const struct lexer_names *names);
void lexer_release(struct lexer *lexer);

/* So many NULs must stand behind the text. */
#define LEXER_PADDING	16

/*
 * Read `text`, of `len` bytes. Sets lexer->found and kinds, to be read and
 * then given to lexer_reset() before the next one.
 */
void lexer_scan(struct lexer *lexer, const char *text, size_t len);
void lexer_reset(struct lexer *lexer);

#endif

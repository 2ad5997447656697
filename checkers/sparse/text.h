/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_TEXT_H
#define SPARSE_TEXT_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * The text of one C file, to look up what stands where sparse points to. It
 * is text, not C: macros are not expanded. Comments, and what is inside of
 * strings and character constants, are blanks of the same length, so that an
 * offset, a line and a column say the same place as in the file.
 */
struct text {
	char *code;		/* NUL-terminated */
	size_t len;
	size_t *lines;		/* offset of each line */
	size_t nr_lines, alloc;
};
#define TEXT_INIT { NULL, 0, NULL, 0, 0 }

/* "name(argument, ...)"; offsets into the code. */
struct text_call {
	size_t name, name_len;
	size_t open, close;	/* the parentheses */
};

/* Read `path`. 0, or -1 with errno. */
int text_read(struct text *text, const struct tree *tree,
	      const char *path);
void text_release(struct text *text);

/*
 * The offset of a line and column (both from 1) as sparse counts them, with
 * tabs to the next multiple of 8; SIZE_MAX if the file has no such place.
 */
size_t text_offset(const struct text *text, unsigned int line,
		   unsigned int column);

/* The line of an offset, and its column in bytes, both from 1. */
unsigned int text_line(const struct text *text, size_t at,
		       unsigned int *column);

/* Whether the name of a call or a macro with arguments starts at `at`. */
bool text_call_at(const struct text *text, size_t at, struct text_call *call);

/*
 * The innermost call around `at`; parentheses that follow no name, and those
 * of if, sizeof and the like, are looked through. False if there is none in
 * the statement.
 */
bool text_call_around(const struct text *text, size_t at,
		      struct text_call *call);

/* The number of the argument of `call`, from 1, in which `at` stands. */
unsigned int text_argument_of(const struct text *text,
			      const struct text_call *call, size_t at);

/*
 * Argument `nr` of `call`, from 1, without blanks around it. False if it has
 * fewer.
 */
bool text_argument(const struct text *text, const struct text_call *call,
		   unsigned int nr, size_t *start, size_t *end);

/* The first identifier at or behind `at`; false if there is none before `end`. */
bool text_identifier(const struct text *text, size_t at, size_t end,
		     size_t *start, size_t *len);

/* Whether the identifier at `start` is `name`. */
bool text_is(const struct text *text, size_t start, size_t len,
	     const char *name);

/* The name of the function around `at`, the caller's to free; or NULL. */
char *text_function(const struct text *text, size_t at);

#endif

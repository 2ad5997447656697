/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_SOURCE_H
#define SPARSE_SOURCE_H
#include "lib/compat.h"
#include "lib/tokens.h"
#include "tree/tree.h"
/*
 * One C file as tokens whose brackets are paired, to look up what stands
 * where sparse points to. Macros are not expanded, and the branches of
 * conditionals are all there. A token is designated by its index.
 */
struct source {
	char *text;
	struct tokens tokens;
	uint32_t *partner;	/* of a bracket: the other one, or SOURCE_NONE */
	uint32_t *around;	/* the innermost bracket open here, or SOURCE_NONE */
};
#define SOURCE_INIT { NULL, { NULL, 0, 0 }, NULL, NULL }
#define SOURCE_NONE UINT32_MAX

/* "name(argument, ...)" */
struct source_call {
	size_t name, open, close;
};

/*
 * Read `path`, relative to the root. 0, or -1 with errno and an empty source.
 * Release it in either case.
 */
int source_read(struct source *source, const struct tree *tree,
		const char *path);
void source_release(struct source *source);

/* The token at that line and column, in bytes from 1; SIZE_MAX if none is. */
size_t source_at(const struct source *source, unsigned int line,
		 unsigned int column);

bool source_is_word(const struct source *source, size_t i);

/* Whether token `i` is the name of a call, or of a macro with arguments. */
bool source_call_at(const struct source *source, size_t i,
		    struct source_call *call);

/*
 * The innermost call around token `i`. Parentheses that follow no name, and
 * those of if, sizeof and the like, are looked through. False if there is none
 * in the statement.
 */
bool source_call_around(const struct source *source, size_t i,
			struct source_call *call);

/* The number of the argument of `call`, from 1, in which token `i` stands. */
unsigned int source_argument_of(const struct source *source,
				const struct source_call *call, size_t i);

/*
 * The tokens of argument `nr` of `call`, from 1: *start up to but without
 * *end. False if it has fewer arguments or this one is empty.
 */
bool source_argument(const struct source *source,
		     const struct source_call *call, unsigned int nr,
		     size_t *start, size_t *end);

/* The name of the function around token `i`, the caller's to free; or NULL. */
char *source_function(const struct source *source, size_t i);

#endif

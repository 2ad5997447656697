/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_SOURCE_H
#define SPARSE_SOURCE_H
#include "lib/compat.h"
#include "lib/tokens.h"
#include "tree/tree.h"
/*
 * One C file as tokens with paired brackets, to find the code at a place that
 * sparse reports. Macros are not expanded, and all branches of conditionals are
 * kept. A token is identified by its index.
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

/* The token at that line and column, in bytes from 1; SIZE_MAX if there is none. */
size_t source_at(const struct source *source, unsigned int line,
		 unsigned int column);

bool source_is_word(const struct source *source, size_t i);

/* Whether token `i` is the name of a call, or of a macro with arguments. */
bool source_call_at(const struct source *source, size_t i,
		    struct source_call *call);

/*
 * The innermost call around token `i`. Parentheses without a name before them, and
 * those of if, sizeof and the like, are ignored. False if the statement has no such
 * call.
 */
bool source_call_around(const struct source *source, size_t i,
			struct source_call *call);

/* The number, from 1, of the argument of `call` that contains token `i`. */
unsigned int source_argument_of(const struct source *source,
				const struct source_call *call, size_t i);

/*
 * The tokens of argument `nr` of `call`, from 1: from *start to before *end. False
 * if it has fewer arguments or this one is empty.
 */
bool source_argument(const struct source *source,
		     const struct source_call *call, unsigned int nr,
		     size_t *start, size_t *end);

/* The name of the function around token `i`, the caller's to free; or NULL. */
char *source_function(const struct source *source, size_t i);

#endif

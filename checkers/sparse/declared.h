/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_DECLARED_H
#define SPARSE_DECLARED_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "sparse/source.h"
/*
 * Which names are __user or __iomem pointers, or a gfp_t, in a file: its own
 * variables, parameters and fields, those of headers that it includes with quotes
 * (recursively), and fields and functions of its other headers. It is guessed from
 * the tokens, without scopes, to select the files for sparse, and to choose between
 * two calls. libclang does not know: it sees __iomem and __user as empty.
 */
struct declared_file;
struct declared {
	const struct tree *tree;
	struct intern_pool paths;	/* read so far */
	struct declared_file **files;	/* by number of the path */
	size_t alloc_files;
	struct declared_file *own;	/* the current file */
	struct intern_pool names;
	uint32_t *space, *gfp;		/* by name: set in this generation */
	size_t alloc_space, alloc_gfp;
	uint32_t generation;
};

void declared_init(struct declared *declared, const struct tree *tree);

/* Set the current file: `file`, relative to the root, with its tokens `source`. */
void declared_look_at(struct declared *declared, const char *file,
		      const struct source *source);

/* Whether a token is the name of a __user or __iomem pointer, or returns one. */
bool declared_any_space(const struct declared *declared,
			const struct source *source, size_t start, size_t end);

/* Whether token `i` is a gfp_t or one of its constants. */
bool declared_gfp(const struct declared *declared, const struct source *source,
		  size_t i);

/*
 * Call `fn` with each name in the body of the macro that token `i` names, if the
 * file or one of these headers defines it.
 */
void declared_macro(const struct declared *declared,
		    const struct source *source, size_t i,
		    void (*fn)(const char *name, void *data), void *data);

void declared_release(struct declared *declared);

#endif

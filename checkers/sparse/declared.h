/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_DECLARED_H
#define SPARSE_DECLARED_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "sparse/source.h"
/*
 * Which names a file knows as __user or __iomem pointers, or as gfp_t: its
 * own variables, parameters and fields, those of the headers that it includes
 * with quotes (and these in turn), and fields and functions of the others.
 * Guessed from the tokens, whatever the scope: it says which files are worth
 * sparse's time, and breaks ties. libclang cannot say: for it __iomem and
 * __user are empty.
 */
struct declared_file;
struct declared {
	const struct tree *tree;
	struct intern_pool paths;	/* of what was read */
	struct declared_file **files;	/* by number of the path */
	size_t alloc_files;
	struct declared_file *own;	/* of what is looked at */
	struct intern_pool names;
	uint32_t *space, *gfp;		/* by name: set in this generation */
	size_t alloc_space, alloc_gfp;
	uint32_t generation;
};

void declared_init(struct declared *declared, const struct tree *tree);

/* From now on about `file`, relative to the root, which is `source`. */
void declared_look_at(struct declared *declared, const char *file,
		      const struct source *source);

/* Whether a name among the tokens is a __user or __iomem pointer, or makes one. */
bool declared_any_space(const struct declared *declared,
			const struct source *source, size_t start, size_t end);

/* Whether token `i` is a gfp_t or one of its constants. */
bool declared_gfp(const struct declared *declared, const struct source *source,
		  size_t i);

/*
 * Call `fn` with each name in the body of the macro that token `i` names, as
 * far as it is defined in the file or in one of these headers.
 */
void declared_macro(const struct declared *declared,
		    const struct source *source, size_t i,
		    void (*fn)(const char *name, void *data), void *data);

void declared_release(struct declared *declared);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_DECLARED_H
#define SPARSE_DECLARED_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "sparse/text.h"
#include "tree/tree.h"
/*
 * Which names a file knows as __user or __iomem pointers, or as gfp_t: its
 * own variables, parameters and fields, those of the headers that it includes
 * with quotes (and these in turn), and fields and functions of the others.
 * Guessed from the text, whatever the scope: it says which files are worth
 * sparse's time, and breaks ties.
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

/* From now on about `file`, relative to the root, whose text this is. */
void declared_look_at(struct declared *declared, const char *file,
		      const struct text *text);

/* Whether the identifier is a __user or __iomem pointer, or makes one. */
bool declared_space(const struct declared *declared, const char *name,
		    size_t len);
bool declared_gfp(const struct declared *declared, const char *name,
		  size_t len);

/* Whether any identifier of the text between `start` and `end` is one. */
bool declared_any_space(const struct declared *declared,
			const struct text *text, size_t start, size_t end);

/*
 * Call `fn` with each identifier in the body of the macro `name`, as far as
 * it is defined in the file or in one of these headers.
 */
void declared_macro(const struct declared *declared, const char *name,
		    size_t len, void (*fn)(const char *name, void *data),
		    void *data);

void declared_release(struct declared *declared);

#endif

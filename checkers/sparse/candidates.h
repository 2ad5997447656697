/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_CANDIDATES_H
#define SPARSE_CANDIDATES_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "tree/tree.h"
/*
 * Selects the files that sparse is run over: those in which a call of one of the
 * functions (functions.h) has an argument that may be a __user or __iomem pointer,
 * or a gfp_t in a slot for something else. That is a twentieth of the files that
 * call such a function.
 */
struct api;
struct lexicon;
struct store;

/*
 * Add these files of the lexicon to `files`, if they are at or below `paths`
 * (relative to the root; none: the whole tree). `store` keeps the result: as long
 * as no file has changed, none is read. 0, or -1 after an error().
 */
int sparse_candidates(struct intern_pool *files, const struct tree *tree,
		   const struct api *api, const struct lexicon *lexicon,
		   const char *const *paths, size_t nr_paths,
		  struct store *store);

#endif

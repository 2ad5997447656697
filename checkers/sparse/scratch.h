/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_SCRATCH_H
#define SPARSE_SCRATCH_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * sparse reads files, so the files of the tree's overlay are written to a folder
 * that is searched before the tree.
 */
struct scratch {
	const struct tree *tree;
	char *folder;		/* NULL if there is no overlay */
};
#define SCRATCH_INIT { NULL, NULL }

/* Make it. 0, or -1 after an error(). */
int scratch_open(struct scratch *scratch, const struct tree *tree);

/*
 * A copy of `argv`, whose last word is the source file, that makes sparse search
 * the folder first; free it with sparse_argv_free(). NULL if there is no overlay.
 */
char **scratch_argv(const struct scratch *scratch, char *const *argv);

/* The output of sparse with the paths of the tree; the caller frees it. */
char *scratch_text(const struct scratch *scratch, const char *output);

void scratch_release(struct scratch *scratch);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_SCRATCH_H
#define SPARSE_SCRATCH_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * sparse reads files, so what the tree's overlay has is written to a folder
 * that is searched before the tree.
 */
struct scratch {
	const struct tree *tree;
	char *folder;		/* NULL where there is no overlay */
};
#define SCRATCH_INIT { NULL, NULL }

/* 0, or -1 after an error(). */
int scratch_open(struct scratch *scratch, const struct tree *tree);

/*
 * The words of `argv`, whose last one is the source file, so that sparse looks
 * in the folder first; freed as `argv` is (sparse_argv_free()). NULL where
 * there is no overlay.
 */
char **scratch_argv(const struct scratch *scratch, char *const *argv);

/* What sparse said, with the tree's paths; the caller frees it. */
char *scratch_text(const struct scratch *scratch, const char *output);

void scratch_release(struct scratch *scratch);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_TAKEOVER_H
#define SPARSE_TAKEOVER_H
#include "lib/compat.h"
#include "sparse/declared.h"
#include "sparse/diagnostics.h"
#include "sparse/sparse.h"
/*
 * Which of sparse's warnings concern the DMA API. sparse says which argument
 * is wrong, not of what; inside a macro, and dma_map_single() is one, it
 * points to the outermost macro whichever part is meant. So the call is
 * looked up in the tokens, and a warning that may belong to two calls is dropped.
 */
struct api;

struct takeover {
	const struct tree *tree;
	const struct api *api;
	struct declared declared;
	struct source source;	/* of `file` */
	char *file;
	struct misuse *list;	/* what was taken over */
	size_t nr, alloc;
};

void takeover_init(struct takeover *takeover, const struct tree *tree,
		   const struct api *api);

/* Look at one of sparse's warnings. */
void takeover_one(struct takeover *takeover,
		  const struct sparse_diagnostic *diagnostic);

/* Forget list and source; ready for the next file. */
void takeover_reset(struct takeover *takeover);
void takeover_release(struct takeover *takeover);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_TAKEOVER_H
#define SPARSE_TAKEOVER_H
#include "lib/compat.h"
#include "sparse/declared.h"
#include "sparse/diagnostics.h"
#include "sparse/sparse.h"
/*
 * Selects the warnings of sparse about the DMA API. sparse gives the number of the
 * argument but not the function; in a macro, such as dma_map_single(), it gives the
 * place of the outermost macro. So the call is searched in the tokens, and a warning
 * that may be about two calls is dropped.
 */
struct api;

struct takeover {
	const struct tree *tree;
	const struct api *api;
	struct declared declared;
	struct source source;	/* of `file` */
	char *file;
	struct misuse *list;		/* warnings taken over */
	size_t nr, alloc;
};

void takeover_init(struct takeover *takeover, const struct tree *tree,
		   const struct api *api);

/* Take over one warning of sparse, if it is about the DMA API. */
void takeover_one(struct takeover *takeover,
		  const struct sparse_diagnostic *diagnostic);

/* Free list and source, for the next file. */
void takeover_reset(struct takeover *takeover);
void takeover_release(struct takeover *takeover);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_OVERLAY_H
#define TREE_OVERLAY_H
#include "lib/compat.h"
/*
 * Contents that replace those of some files of a tree: the tree with a change
 * that is not in it, or without one that is. None of it is ever written to the
 * tree; whoever reads a source file asks here first, as tree_read() does.
 */
struct overlay_file {
	char *path;		/* relative to the root, normalised */
	char *text;		/* with a NUL behind it; NULL: not there */
	size_t len;		/* without that NUL */
	uint64_t hash;		/* XXH3 of the text, 0 where there is none */
};

struct overlay {
	struct overlay_file *list;	/* ordered by path */
	size_t nr, alloc;
};
#define OVERLAY_INIT { NULL, 0, 0 }

/*
 * `path` has these `len` bytes now, whatever it had before; `text` NULL means
 * that there is no such file. Copies both.
 */
void overlay_put(struct overlay *overlay, const char *path, const char *text,
		 size_t len);

/* What replaces `path`; NULL if the tree's own file counts. */
const struct overlay_file *overlay_find(const struct overlay *overlay,
					const char *path);

/* All that is in `from`, over what `to` has. */
void overlay_add_all(struct overlay *to, const struct overlay *from);

void overlay_release(struct overlay *overlay);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_OVERLAY_H
#define TREE_OVERLAY_H
#include "lib/compat.h"
/*
 * Contents that replace those of some files of a tree: the tree with or without a
 * change. They are never written to the tree. All code reads source files with
 * tree_read(), which looks here first.
 */
struct overlay_file {
	char *path;		/* relative to the root, normalised */
	char *text;		/* with a NUL behind it; NULL: not there */
	size_t len;		/* without that NUL */
	uint64_t hash;		/* XXH3 of the text; 0 if there is none */
};

struct overlay {
	struct overlay_file *list;	/* ordered by path */
	size_t nr, alloc;
};
#define OVERLAY_INIT { NULL, 0, 0 }

/*
 * Set the contents of `path` to these `len` bytes; `text` NULL means that the file
 * does not exist. Copies both.
 */
void overlay_put(struct overlay *overlay, const char *path, const char *text,
		 size_t len);

/* The replacement of `path`; NULL if there is none. */
const struct overlay_file *overlay_find(const struct overlay *overlay,
					const char *path);

/* Add all files of `from` to `to`, replacing those that it has. */
void overlay_add_all(struct overlay *to, const struct overlay *from);

void overlay_release(struct overlay *overlay);

#endif

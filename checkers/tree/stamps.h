/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_STAMPS_H
#define TREE_STAMPS_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "lib/strbuf.h"
/*
 * The files that something was made from, and whether they have changed since:
 * by time and size first, then by content, so that checking out another branch
 * and returning changes nothing.
 */
struct stamp {
	int64_t mtime;		/* nanoseconds */
	uint64_t size;		/* UINT64_MAX for a file that is not there */
	uint64_t hash;		/* of the content */
};

struct stamps {
	struct intern_pool paths;	/* absolute, or relative to `root` */
	struct stamp *list;		/* by number of the path */
	size_t alloc;
	bool touched;		/* a file is newer, but the same: write again */
};
#define STAMPS_INIT { INTERN_POOL_INIT, NULL, 0, false }

/* Note what `path` is like now, if it is not among them yet. */
void stamps_add(struct stamps *stamps, const char *root, const char *path);

/* Has file number `i` another content now? Also if it came or went. */
bool stamps_changed(struct stamps *stamps, const char *root, uint32_t i);

/* The first one that changed, NULL if none did. */
const char *stamps_any_changed(struct stamps *stamps, const char *root);

/* Add them as lines "stamp MTIME SIZE HASH PATH". */
void stamps_write(const struct stamps *stamps, struct strbuf *out);

/* Read what is behind "stamp " in such a line; false if it is none. */
bool stamps_read(struct stamps *stamps, const char *line);

void stamps_release(struct stamps *stamps);

#endif

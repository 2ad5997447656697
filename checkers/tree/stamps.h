/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_STAMPS_H
#define TREE_STAMPS_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "lib/strbuf.h"
/*
 * The files that something was made from, to find out whether one has changed
 * since: by time and size first, then by content, so that switching branches and
 * back changes nothing.
 */
struct stamp {
	int64_t mtime;		/* nanoseconds */
	uint64_t size;		/* UINT64_MAX: the file does not exist */
	uint64_t hash;		/* of the content */
};

struct stamps {
	struct intern_pool paths;	/* absolute, or relative to `root` */
	struct stamp *list;		/* by number of the path */
	size_t alloc;
	bool touched;		/* a file is newer, but the same: write again */
};
#define STAMPS_INIT { INTERN_POOL_INIT, NULL, 0, false }

/* Add `path` as it is now, unless it is there already. */
void stamps_add(struct stamps *stamps, const char *root, const char *path);

/* Whether the content of file number `i` has changed, or it came or went. */
bool stamps_changed(struct stamps *stamps, const char *root, uint32_t i);

/* The path of the first file that has changed, or NULL. */
const char *stamps_any_changed(struct stamps *stamps, const char *root);

/* Add them as lines "stamp MTIME SIZE HASH PATH". */
void stamps_write(const struct stamps *stamps, struct strbuf *out);

/* Read the rest of such a line behind "stamp "; false if it is not valid. */
bool stamps_read(struct stamps *stamps, const char *line);

void stamps_release(struct stamps *stamps);

#endif

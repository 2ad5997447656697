/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHANGE_BLOBS_H
#define CHANGE_BLOBS_H
#include "lib/compat.h"
#include "tree/overlay.h"
/*
 * The files that git diff-index and diff-tree list, and their contents.
 */
struct blob_pair {
	char *path;		/* relative to the repository's top */
	char from[65], to[65];	/* names of blobs; "" for none or unknown */
	bool is_file;		/* a regular file on each side that exists */
	char status;		/* 'A', 'D', 'M', 'T', 'U' */
};

struct blob_list {
	struct blob_pair *list;
	size_t nr, alloc;
};
#define BLOB_LIST_INIT { NULL, 0, 0 }

/*
 * List what `git WORDS` prints in the work tree `dir`; WORDS is one of these
 * commands with --raw -z --no-abbrev. `folder` is for temporary files. 0, or
 * -1, with an error() if `complain`.
 */
int blobs_list(struct blob_list *list, const char *dir, const char *folder,
	       const char *const *words, bool complain);

/*
 * Put the two sides of each pair into the overlays, either of which may be
 * NULL, under the path below `prefix` ("" for the top of the repository). A
 * side without a blob means that there is no file. Left out are files that are
 * not below `prefix` or are larger than any source, and symbolic links, with a
 * note() if the name is that of a source. 0, or -1 after an error(), also for a
 * source that is too large.
 */
int blobs_put(struct overlay *from, struct overlay *to,
	      const struct blob_list *list, const char *dir,
	      const char *folder, const char *prefix);

void blobs_release(struct blob_list *list);

#endif

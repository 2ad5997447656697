/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHANGE_BLOBS_H
#define CHANGE_BLOBS_H
#include "lib/compat.h"
#include "tree/overlay.h"
/*
 * What git diff-index and diff-tree list, and the contents that it is about.
 */
struct blob_pair {
	char *path;		/* relative to the repository's top */
	char from[65], to[65];	/* names of blobs; "" for none or unknown */
	bool is_file;		/* on each side that there is: a regular one */
	char status;		/* 'A', 'D', 'M', 'T', 'U' */
};

struct blob_list {
	struct blob_pair *list;
	size_t nr, alloc;
};
#define BLOB_LIST_INIT { NULL, 0, 0 }

/*
 * What `git WORDS` says in the work tree `dir`, WORDS being one of these
 * commands with --raw -z --no-abbrev and so on; `folder` is for files of our
 * own. 0, or -1, after an error() if `complain`.
 */
int blobs_list(struct blob_list *list, const char *dir, const char *folder,
	       const char *const *words, bool complain);

/*
 * Put the two sides of each pair into the overlays, either of which may be
 * NULL, under its path below `prefix` ("" for the repository's top); what is
 * not below it or larger than any source is left out; so is a symbolic link,
 * after a note() if it has the name of a source. Where a side has no blob there
 * is no file. 0, or -1 after an error(), also for a source that is too large.
 */
int blobs_put(struct overlay *from, struct overlay *to,
	      const struct blob_list *list, const char *dir,
	      const char *folder, const char *prefix);

void blobs_release(struct blob_list *list);

#endif

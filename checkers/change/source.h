/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHANGE_SOURCE_H
#define CHANGE_SOURCE_H
#include "change/change.h"
#include "lib/git.h"
/*
 * Shared by the files of change/ only: the parts of a source of changes.
 */
struct change_source {
	int (*next)(struct change_source *source, struct change *change);
	void (*close)(struct change_source *source);	/* all but itself */
	void *data;
};

struct change_source *change_source_new(int (*next)(struct change_source *,
						    struct change *),
					void (*close)(struct change_source *),
					void *data);

/*
 * Write `file` below `folder`, from the overlay if it has the file, else from
 * the tree at `root`. Nothing is written if it is not a regular file there. 0,
 * or -1 after an error().
 */
int change_copy(const char *folder, const char *root,
		const struct overlay *overlay, const char *file);

/* --- diff.c: the names in a patch --- */

struct diff_file {
	char *from, *to;	/* NULL: it is new, it is deleted */
	size_t start, end;	/* its section in the text */
	bool renamed;
	bool binary;		/* "Binary files differ": there is no content */
	bool complete;		/* the lines that the header announces are there */
};

struct diff_hunk {
	uint32_t file;		/* in diff.files */
	unsigned int from;	/* the first line in the old file */
	unsigned int to, nr_to;	/* those in the new one */
	unsigned int number;	/* in its file, from 1 */
	char *header;
};

struct diff {
	struct diff_file *files;
	size_t nr, alloc;
	struct diff_hunk *hunks;
	size_t nr_hunks, alloc_hunks;
	size_t added, removed;	/* lines, in all hunks */
	bool context;		/* the text has a context diff, which is not read */
	char *bad;		/* a name that leads out of the tree, or NULL */
};
#define DIFF_INIT { NULL, 0, 0, NULL, 0, 0, 0, 0, false, NULL }

/*
 * Read the names and hunks of the unified diffs in `text`; other text around
 * them is passed over. `strip` leading parts of each name are removed (1 for
 * "a/x").
 */
void diff_read(struct diff *diff, const char *text, unsigned int strip);
void diff_release(struct diff *diff);

/* Whether the path stays in the tree: relative, no "..", not in .git. */
bool diff_path_is_safe(const char *path);

/* --- hunks.c --- */

/*
 * Take the hunks of the diff as those that the user knows; its names are as in
 * the tree.
 */
void change_show_hunks(struct change *change, const struct diff *diff);

/* --- apply.c --- */

/*
 * Apply the patch in the file `patch` to the tree at `root` with the overlay
 * `now`, in a temporary folder. `change` gets `now` as its `before`, and `now`
 * with the changed files as its `after`. Files that cannot be checked are named
 * in a note(). Returns 1; 0 if there is no diff in it; CHANGE_BAD after an
 * error() that names `name`, the file and the hunk.
 */
int apply_patch(struct change *change, const char *root,
		const struct overlay *now, const char *patch,
		const char *name);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHANGE_CHANGE_H
#define CHANGE_CHANGE_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "tree/overlay.h"
/*
 * Changes to a tree that need not be applied to it: the staged change, commits,
 * and patches in files or mails. Each becomes two overlays, the tree before and
 * after the change. The tree itself is only read.
 */

/* Lines that a change adds or replaces, numbered as after the change. */
struct change_hunk {
	char *file;
	unsigned int first, nr;	/* nr 0: lines were removed before `first` */
	char *header;		/* "@@ -10,7 +10,8 @@ static int probe(...)" */
};

struct change_rename {
	char *from, *to;
};

struct change {
	char *title;		/* a mail's subject, "abc123 subject", "staged" */
	struct overlay before, after;
	struct intern_pool files;	/* touched files; renamed ones by both names */
	struct change_hunk *hunks;	/* see change_find_hunks() */
	size_t nr_hunks, alloc_hunks;
	/* The hunks as the user knows them, with lines around the changed ones. */
	struct change_hunk *shown;
	size_t nr_shown, alloc_shown;
	struct change_rename *renames;
	size_t nr_renames, alloc_renames;
	bool first;		/* a root commit: nothing existed before */
};
#define CHANGE_INIT { NULL, OVERLAY_INIT, OVERLAY_INIT, INTERN_POOL_INIT, \
	NULL, 0, 0, NULL, 0, 0, NULL, 0, 0, false }

/* Whether it touches `path`. */
bool change_touches(const struct change *change, const char *path);

/*
 * Find out which lines differ, and which files were only renamed, by git diff
 * of the two overlays. 0, or -1 after an error().
 */
int change_find_hunks(struct change *change, const char *root);

/* Whether the hunk adds or replaces the line. */
bool change_hunk_holds(const struct change_hunk *hunk, const char *file,
		       unsigned int line);

/*
 * The hunk nearest to the line: the one that contains it, else the last one
 * above it in the file, else the first one in the file; NULL if the file has no
 * hunk.
 */
const struct change_hunk *change_hunk_at(const struct change *change,
					 const char *file, unsigned int line);

/* The header of the hunk as the user knows it. */
const char *change_hunk_header(const struct change *change,
			       const struct change_hunk *hunk);

void change_release(struct change *change);

/*
 * A source gives changes one after the other. change_next() fills in the next
 * change, which must be CHANGE_INIT, and returns 1, or 0 if there are no more.
 * It returns CHANGE_BAD after an error() in this change only, so that the next
 * one may be asked for, and CHANGE_FAILED after an error() that ends the source.
 */
enum { CHANGE_BAD = -1, CHANGE_FAILED = -2 };

struct change_source;

/* The staged change of the git repository with the work tree `root`. */
struct change_source *change_staged(const char *root);

/* One commit "REV", or the commits of "A..B", oldest first. */
struct change_source *change_commits(const char *root, const char *revision);

/*
 * The patches in the files `paths`, one on top of the other; "-" is stdin.
 * Each file holds one or more diffs, a mail, or a mailbox.
 */
struct change_source *change_patches(const char *root,
				     const char *const *paths, size_t nr);

int change_next(struct change_source *source, struct change *change);
void change_close(struct change_source *source);

#endif

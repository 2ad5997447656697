/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_WALK_H
#define TREE_WALK_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * The files of a tree to be read, and stamps that show the next run which of them
 * have changed.
 */

/*
 * Nanoseconds: a file that changed later may change again without a trace in
 * its stamp. FAT's clock, the slowest, ticks every two seconds.
 */
#define WALK_SETTLED	INT64_C(2500000000)

/* Differs whenever the file has changed, even if its time was set back. */
struct file_stamp {
	int64_t mtime, ctime;	/* nanoseconds */
	uint64_t size, inode;
};

struct walk_file {
	char *path;		/* relative to the root */
	struct file_stamp stamp;
	int failed;		/* errno, or 0 */
	/*
	 * Another change would change the stamp: the last one is long enough
	 * ago, as clocks of file systems tick slowly.
	 */
	bool settled;
};

struct walk_unreadable {
	char *path, *reason;
};

struct walk {
	struct walk_file *files;	/* ordered by path */
	size_t nr, alloc;
	struct walk_unreadable *unreadable;	/* folders, devices */
	size_t nr_unreadable;
};
#define WALK_INIT { NULL, 0, 0, NULL, 0 }

struct walk_options {
	const struct tree *tree;
	const char *const *paths;	/* relative to the root; 0: all,
					   and all of the module */
	size_t nr_paths;
	/* Whether to enter the folder `path`; NULL: enter all. */
	bool (*enter)(const struct tree *tree, const char *path);
	/* Whether to take a file of that name; files in `paths` are always taken. */
	bool (*wanted)(const char *name);
	unsigned int jobs;		/* threads */
};

/*
 * Find the files and their stamps; `walk` must be empty. A file below two of the
 * paths is found once. Hidden files and output trees in the tree (a folder with a
 * link "source") are left out. Symbolic links to files are followed; those to
 * folders are not, and are unreadable if they lead out of the tree. The overlay's
 * files are found; files that it deletes are not.
 */
void walk_tree(struct walk *walk, const struct walk_options *options);

void walk_release(struct walk *walk);

static inline bool stamp_equal(const struct file_stamp *a,
			       const struct file_stamp *b)
{
	return a->mtime == b->mtime && a->ctime == b->ctime &&
	       a->size == b->size && a->inode == b->inode;
}

/*
 * Run `work` with `data` in `jobs` threads, this one included; in fewer if there
 * are fewer items (`nr`) or no more threads can be created.
 */
void walk_parallel(unsigned int jobs, size_t nr, void *(*work)(void *data),
		   void *data);

/* Memory for the text of one file after the other. */
struct walk_text {
	char *data;
	size_t len, room;
};

/*
 * Read the file `path` of the tree, or the overlay's version of it, and put
 * `padding` NULs behind it. `root` is the open root folder. 0, or an errno.
 */
int walk_read(struct walk_text *text, const struct tree *tree, int root,
	      const char *path, size_t padding);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_WORKSPACE_H
#define FIX_WORKSPACE_H
#include "lib/compat.h"

struct tree;

/*
 * Copies of the files that a fix changes, in a temporary folder; the tree is not
 * changed before workspace_apply(). Lines are numbered as in the tree, whatever
 * has been changed above them.
 */
/* A line of the tree is at one of these lines now. */
struct ws_line {
	unsigned int first, last;
};

struct ws_file {
	char *path;		/* relative to the tree's root, or the module's folder */
	bool outside;		/* of the module, in the tree */
	bool created;		/* the tree has no such file */
	char *old;		/* a copy of the file as it was, absolute */
	char *copy;		/* and one that is changed */
	struct ws_line *line;	/* of the tree's file; [0] is not used */
	unsigned int nr_lines;
	char *refused;		/* why it must not be changed, or NULL */
	/* For workspace_undo(). */
	char *saved;		/* absolute, or NULL */
	struct ws_line *saved_line;
};

struct workspace {
	const struct tree *tree;
	const char *root;	/* the tree's, or the module's folder */
	const char *tree_root;
	const char *module;	/* as tree->module */
	char *folder;
	struct ws_file **list;
	size_t nr, alloc;
};
#define WORKSPACE_INIT { NULL, NULL, NULL, NULL, NULL, NULL, 0, 0 }

/*
 * Open a workspace for the tree, or for the module outside of it if there is
 * one; then only files of the module are changed. 0, or -1 after an error().
 */
int workspace_open(struct workspace *ws, const struct tree *tree);

/*
 * The copy of `path` (relative to the root of the tree), made at the first call.
 * `refused` says why the file must not be changed: it is not in the module, is a
 * symbolic link, is read-only, has CRLF line endings or no newline at the end.
 * NULL after an error().
 */
struct ws_file *workspace_file(struct workspace *ws, const char *path);

/*
 * Add text to the end of the file `path`, relative to ws->root; it is created
 * if it does not exist. 0, or -1 after an error().
 */
int workspace_append(struct workspace *ws, const char *path,
		     const char *text);

/* Lines `from` to `to`, counted in the tree. */
struct ws_range {
	unsigned int from, to;
};

/*
 * Another copy to work on, for workspace_take(). Returns its absolute name; the
 * caller frees it and removes the file. NULL after an error().
 */
char *workspace_scratch(struct workspace *ws, const struct ws_file *file);

/*
 * Make the file at `changed` the new copy. If `within` is not NULL, it may
 * differ only in these `nr` ranges. Returns 1 if it was taken, 0 if nothing
 * differs, -1 if other lines differ; *where is one of them, as it is now.
 */
int workspace_take(struct ws_file *file, const char *changed,
		   const struct ws_range *within, size_t nr,
		   unsigned int *where);

/*
 * Whether these lines of the tree differ from what they were at the last
 * workspace_mark().
 */
bool workspace_is_changed(const struct ws_file *file, struct ws_range range);

/* Undo all changes since the last mark. */
void workspace_mark(struct workspace *ws);
void workspace_undo(struct workspace *ws);

/* Whether any copy differs from the tree. */
bool workspace_changed(const struct workspace *ws);

/*
 * Write a unified diff of all that was changed, as `patch -p1` and `git apply`
 * take it. 0, or -1 after an error().
 */
int workspace_diff(const struct workspace *ws, FILE *out);

/*
 * Write the changed files, or those in `only` if that is not NULL, below
 * `folder`: as they were, or as they are now. 0, or -1 after an error().
 */
enum workspace_side { WORKSPACE_OLD, WORKSPACE_NEW };
int workspace_export(const struct workspace *ws, const char *const *only,
		     size_t nr_only, const char *folder,
		     enum workspace_side side);

/*
 * Write the changed files to the tree, all or none: if the content of one has
 * changed since it was copied, or one cannot be written, nothing is. 0, or -1
 * after an error(), which says if a failing disk left only some written.
 */
int workspace_apply(const struct workspace *ws);

void workspace_release(struct workspace *ws);

#endif

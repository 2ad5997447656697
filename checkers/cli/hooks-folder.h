/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_HOOKS_FOLDER_H
#define CLI_HOOKS_FOLDER_H
#include "lib/compat.h"
/*
 * Where git looks for the hooks of a repository, and whose folder that is.
 */
struct hooks_folder {
	char *top;		/* the top of the working tree */
	char *path;		/* absolute, as git names it; it may not exist */
	bool exists;
	bool in_worktree;	/* where git commits what is in it */
	bool outside;		/* neither there nor in the git directory */
};
#define HOOKS_FOLDER_INIT { NULL, NULL, false, false, false }

/*
 * Find it for the repository that `dir` belongs to, as git run in `dir` would
 * (core.hooksPath, linked working trees, submodules, GIT_DIR). Returns 0, or
 * -1 after an error() that names git's command and what it said: no git, no
 * repository, one without a working tree, or hooks in what is no folder.
 * Release it in any case.
 */
int hooks_folder_find(struct hooks_folder *folder, const char *dir);

/*
 * Where core.hooksPath is set, as in "file:/etc/gitconfig", or "" if git does
 * not say. The caller frees it.
 */
char *hooks_folder_origin(const struct hooks_folder *folder);

void hooks_folder_release(struct hooks_folder *folder);

#endif

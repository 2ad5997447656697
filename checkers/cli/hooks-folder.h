/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_HOOKS_FOLDER_H
#define CLI_HOOKS_FOLDER_H
#include "lib/compat.h"
/*
 * The folder in which git looks for the hooks of a repository.
 */
struct hooks_folder {
	char *top;		/* the top of the working tree */
	char *path;		/* absolute, as git names it; it may not exist */
	bool exists;
	bool in_worktree;	/* its files may be committed */
	bool outside;		/* neither there nor in the git directory */
};
#define HOOKS_FOLDER_INIT { NULL, NULL, false, false, false }

/*
 * Find it for the repository that `dir` belongs to, as git run in `dir` would
 * (core.hooksPath, linked working trees, submodules, GIT_DIR). Returns 0, or -1
 * after an error() with git's command and message: no git, no repository, no working
 * tree, or the path of the hooks is not a folder. Release it in any case.
 */
int hooks_folder_find(struct hooks_folder *folder, const char *dir);

/*
 * The file that sets core.hooksPath, as in "file:/etc/gitconfig"; "" if it is
 * unknown. The caller frees it.
 */
char *hooks_folder_origin(const struct hooks_folder *folder);

void hooks_folder_release(struct hooks_folder *folder);

#endif

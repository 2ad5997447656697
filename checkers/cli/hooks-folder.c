// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the folder in which git looks for the hooks of a repository, by asking git;
 * for hook.c.
 */
#include "cli/hooks-folder.h"

#include <sys/stat.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/git.h"
#include "lib/path.h"

static char *rev_parse(const char *dir, const char *what, const char *argument)
{
	const char *const words[] = { "rev-parse", what, argument, NULL };

	return git_ask(dir, words, true);
}

static int find_top(struct hooks_folder *folder, const char *dir)
{
	char *bare, *top;
	bool is_bare;

	if (!path_is_dir(dir))
		return error("-C %s: there is no such folder", dir);
	bare = rev_parse(dir, "--is-bare-repository", NULL);
	if (!bare) {
		note("-C DIR says which git repository is meant: DIR is a folder in it");
		return -1;
	}
	is_bare = !strcmp(bare, "true");
	free(bare);
	if (is_bare)
		return error("%s: the repository is bare, nothing is committed in it: install the hook in a clone or a working tree of it",
			     dir);
	top = rev_parse(dir, "--show-toplevel", NULL);
	if (!top)
		return -1;
	folder->top = realpath(top, NULL);
	if (!folder->top)
		error_errno("cannot open %s", top);
	free(top);
	return folder->top ? 0 : -1;
}

/* The real path of the folder, also if it does not exist yet. */
static char *real_path(const struct hooks_folder *folder)
{
	char *dir, *real, *path;

	if (folder->exists)
		return realpath(folder->path, NULL);
	dir = path_dirname(folder->path);
	real = realpath(dir, NULL);
	free(dir);
	if (!real)
		return NULL;
	path = path_join(real, path_basename(folder->path));
	free(real);
	return path;
}

/* The git directory that all working trees of the repository share. */
static char *common_dir(const struct hooks_folder *folder)
{
	char *said = rev_parse(folder->top, "--git-common-dir", NULL);
	char *path = said ? path_join(folder->top, said) : NULL;
	char *real = path ? realpath(path, NULL) : NULL;

	if (path && !real)
		error_errno("cannot open the git directory %s", path);
	free(path);
	free(said);
	return real;
}

static int find_hooks(struct hooks_folder *folder)
{
	char *said = rev_parse(folder->top, "--git-path", "hooks");
	struct stat st;

	if (!said)
		return -1;
	if (!*said) {
		free(said);
		return error("%s: core.hooksPath is empty: set it to a folder, or unset it",
			     folder->top);
	}
	/* A relative path is relative to the folder in which hooks run. */
	folder->path = path_join(folder->top, said);
	free(said);
	folder->exists = path_is_dir(folder->path);
	if (!folder->exists && !lstat(folder->path, &st))
		return error("%s, where git looks for hooks, is not a folder (core.hooksPath in `git config`): git runs no hook from there",
			     folder->path);
	return 0;
}

int hooks_folder_find(struct hooks_folder *folder, const char *dir)
{
	char *common = NULL, *real = NULL;
	int ret = -1;

	*folder = (struct hooks_folder)HOOKS_FOLDER_INIT;
	if (find_top(folder, dir) || find_hooks(folder))
		return -1;
	common = common_dir(folder);
	if (!common)
		goto cleanup;
	real = real_path(folder);
	if (!real) {
		error_errno("git looks for hooks in %s, which cannot be opened",
			    folder->path);
		goto cleanup;
	}
	if (!path_below(real, common)) {
		folder->in_worktree = path_below(real, folder->top);
		folder->outside = !folder->in_worktree;
	}
	ret = 0;
cleanup:
	free(real);
	free(common);
	return ret;
}

char *hooks_folder_origin(const struct hooks_folder *folder)
{
	static const char *const words[] = {
		"config", "--show-origin", "--get", "core.hooksPath", NULL
	};
	char *said = git_ask(folder->top, words, false);

	if (!said)
		return xstrdup("");
	said[strcspn(said, "\t")] = '\0';
	return said;
}

void hooks_folder_release(struct hooks_folder *folder)
{
	free(folder->top);
	free(folder->path);
	*folder = (struct hooks_folder)HOOKS_FOLDER_INIT;
}

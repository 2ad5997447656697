// SPDX-License-Identifier: GPL-2.0-only
#include "cli/hook-text.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/hooks-folder.h"
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/alloc.h"
#include "lib/exit-cleanup.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"
#include "tree/tree.h"

/* tools/pre-commit looks for this name beside itself. */
#define BEFORE "pre-commit.before-dmacheck"

/* What there is, before anything is done. */
struct hook {
	struct hooks_folder folder;
	char *path;		/* of the hook that git runs */
	char *before;		/* where the one goes that was there */
	bool there, has_before;	/* be it a link that leads nowhere */
	bool link, executable;	/* the hook that git runs */
	/*
	 * Both are one file: an installation was cut short before it put its
	 * own hook in place, so what is there is what was there.
	 */
	bool unfinished;
	enum hook_author author;
	bool made_folder;
	char *text;		/* NULL: it cannot be read, or is not there */
	size_t len;
};
#define HOOK_INIT { .folder = HOOKS_FOLDER_INIT }

static void release(struct hook *h)
{
	hooks_folder_release(&h->folder);
	free(h->path);
	free(h->before);
	free(h->text);
	*h = (struct hook)HOOK_INIT;
}

static int look(struct hook *h, const char *dir)
{
	struct stat st, before;
	int author = HOOK_OTHERS;

	if (hooks_folder_find(&h->folder, dir))
		return -1;
	h->path = path_join(h->folder.path, "pre-commit");
	h->before = path_join(h->folder.path, BEFORE);
	h->there = !lstat(h->path, &st);
	if (!h->there && errno != ENOENT)
		return error_errno("cannot open %s", h->path);
	h->has_before = !lstat(h->before, &before);
	if (!h->there)
		return 0;
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return error("%s is neither a file nor a link to one: move it away first",
			     h->path);
	h->unfinished = h->has_before && st.st_dev == before.st_dev &&
		st.st_ino == before.st_ino;
	h->link = S_ISLNK(st.st_mode);
	h->executable = !access(h->path, X_OK);
	if (path_is_file(h->path))
		h->text = path_read(h->path, &h->len);
	if (h->text)
		author = hook_author(h->text, h->len, &h->made_folder);
	if (author < 0)
		return -1;
	h->author = (enum hook_author)author;
	return 0;
}

/* A folder that others use, too, is left to those who say so. */
static int check_folder(const struct hook *h, const struct options *opt)
{
	char *origin;

	if (!h->folder.outside || opt->shared)
		return 0;
	origin = hooks_folder_origin(&h->folder);
	error("%s, where git looks for hooks, is outside of the repository %s%s%s: other repositories may use it, and what is done there is done to them; --shared does it",
	      h->folder.path, h->folder.top,
	      *origin ? ", as core.hooksPath says in " : "", origin);
	free(origin);
	return -1;
}

/* --- install --- */

/* Have what is there stand at `before`, too, or, where no links can be, only. */
static int keep(const struct hook *h, bool *moved)
{
	*moved = false;
	if (!link(h->path, h->before))
		return 0;
	*moved = !rename(h->path, h->before);
	return *moved ? 0 : error_errno("cannot rename %s to %s", h->path,
					h->before);
}

/* Put the file `fresh` into the place of the hook, which is kept if `keeping`. */
static int put_in_place(const struct hook *h, const char *fresh, bool keeping)
{
	bool moved = false;
	int ret = -1;

	exit_cleanup_block();
	if (keeping && keep(h, &moved))
		goto cleanup;
	ret = rename(fresh, h->path);
	if (!ret)
		goto cleanup;
	error_errno("cannot rename %s to %s", fresh, h->path);
	if (moved ? rename(h->before, h->path) :
	    keeping && unlink(h->before))
		error_errno("cannot undo it: the hook that was there is %s now",
			    h->before);
cleanup:
	exit_cleanup_unblock();
	return ret;
}

static int write_program(const char *path, const char *text)
{
	struct newfile file = NEWFILE_INIT;
	mode_t mask = umask(0);

	umask(mask);
	if (newfile_open(&file, path))
		return -1;
	if (fputs(text, file.stream) == EOF ||
	    fchmod(fileno(file.stream), 0777 & ~mask)) {
		error_errno("cannot write %s", path);
		newfile_cancel(&file);
		return -1;
	}
	return newfile_commit(&file);
}

/* Does it do something else under another name? */
static bool looks_at_its_name(const struct hook *h)
{
	static const char *const signs[] = { "basename", "${0##", "argv[0]" };
	size_t i;

	for (i = 0; h->text && i < ARRAY_SIZE(signs); i++)
		if (memmem(h->text, h->len, signs[i], strlen(signs[i])))
			return true;
	return false;
}

static void tell_installed(const struct hook *h)
{
	note("%s is installed: `dmacheck patch --staged` looks at each commit in %s",
	     h->path, h->folder.top);
	if (h->there && h->author == HOOK_OTHERS) {
		note("the hook that was there is %s now and runs first",
		     h->before);
		if (looks_at_its_name(h))
			warning("%s seems to ask by which name it was started, which is another one now: see if it still does its work",
				h->before);
	} else if (h->has_before) {
		note("%s runs first", h->before);
	}
	if ((h->there || h->has_before) && access(h->before, X_OK))
		warning("%s is not executable: it is not run, as git does not run such a hook",
			h->before);
	if (h->folder.in_worktree)
		warning("%s is in the working tree, and the hook there holds a path of this machine: do not commit it",
			h->folder.path);
}

/* Write the hook, keeping what is there if it is not dmacheck's. */
static int put(const struct hook *h, bool made_folder)
{
	char *text = hook_text(made_folder);
	char *fresh = xstrfmt("%s.dmacheck-new", h->path);
	int ret = -1;

	if (!text)
		goto cleanup;
	tempfile_register(fresh);
	if (!write_program(fresh, text))
		ret = put_in_place(h, fresh, h->there && !h->unfinished &&
				   h->author == HOOK_OTHERS);
	tempfile_remove(fresh);
cleanup:
	free(fresh);
	free(text);
	return ret;
}

/* Nothing to do (1), in the way (-1), or to be written (0). */
static int may_install(const struct hook *h)
{
	char *text;
	bool same;

	switch (h->author) {
	case HOOK_EDITED:
		return error("%s is dmacheck's hook, edited since: left as it is; remove it to have it installed anew",
			     h->path);
	case HOOK_COPIED:
		if (!h->executable)
			return error("%s is a copy of dmacheck's hook that git does not run, as it is not executable: chmod +x it",
				     h->path);
		note("%s is a copy of dmacheck's hook already: nothing to do",
		     h->path);
		return 1;
	case HOOK_INSTALLED:
		text = hook_text(h->made_folder);
		if (!text)
			return -1;
		same = h->executable && !strcmp(text, h->text);
		free(text);
		if (same || h->link)
			note("%s is installed already: nothing to do", h->path);
		return same || h->link;
	case HOOK_OTHERS:
		if (!h->there || !h->has_before || h->unfinished)
			return 0;
		return error("%s cannot be kept as %s, which is there from an earlier time: move one of them away first",
			     h->path, h->before);
	}
	BUG("a hook of author %d", (int)h->author);
}

static int install(struct hook *h, const struct options *opt)
{
	struct tree tree = TREE_INIT;
	bool made = h->made_folder;
	int ret;

	if (tree_open(&tree, h->folder.top, NULL))
		return error("dmacheck checks a kernel that is at the top of its repository: no hook is installed in %s",
			     h->folder.top);
	tree_release(&tree);
	if (check_folder(h, opt))
		return -1;
	ret = may_install(h);
	if (ret)
		return ret > 0 ? 0 : -1;
	if (!h->folder.exists) {
		if (mkdir(h->folder.path, 0777))
			return error_errno("cannot make %s, where git looks for hooks",
					   h->folder.path);
		made = true;
	}
	if (put(h, made)) {
		if (!h->folder.exists)
			rmdir(h->folder.path);
		return -1;
	}
	tell_installed(h);
	return 0;
}

/* --- remove --- */

/* Why what is there is not touched. */
static int leave(const struct hook *h)
{
	const char *why = h->author == HOOK_EDITED ?
		"is dmacheck's hook, edited since" :
		h->author == HOOK_COPIED ?
		"is a copy of dmacheck's hook that `dmacheck hook install` did not make" :
		h->link ? "is a link that `dmacheck hook install` did not make" :
		"is not dmacheck's hook";

	if (h->author == HOOK_OTHERS && !h->has_before) {
		note("%s %s: nothing to remove", h->path, why);
		return 0;
	}
	error("%s %s: left as it is%s%s; remove it yourself if it is to go",
	      h->path, why,
	      h->has_before ? ", and so is the hook that was there before, " : "",
	      h->has_before ? h->before : "");
	return -1;
}

static int remove_hook(struct hook *h, const struct options *opt)
{
	if (!h->there && !h->has_before) {
		note("%s is not there: nothing to remove", h->path);
		return 0;
	}
	if (h->there && !h->unfinished &&
	    (h->author != HOOK_INSTALLED || h->link))
		return leave(h);
	if (check_folder(h, opt))
		return -1;
	if (h->unfinished) {
		if (unlink(h->before))
			return error_errno("cannot remove %s", h->before);
		note("%s is as it was; %s, left by an installation that was cut short, is removed",
		     h->path, h->before);
		return 0;
	}
	if (h->has_before) {
		if (rename(h->before, h->path))
			return error_errno("cannot rename %s to %s", h->before,
					   h->path);
		note("%s is the hook again that was there before", h->path);
		return 0;
	}
	if (unlink(h->path))
		return error_errno("cannot remove %s", h->path);
	if (h->made_folder)
		rmdir(h->folder.path);	/* unless others put something there */
	note("%s is removed", h->path);
	return 0;
}

/* --- status --- */

static int status(struct hook *h, const struct options *opt)
{
	static const char *const words[] = {
		[HOOK_OTHERS] = "not installed, another hook is there",
		[HOOK_EDITED] = "installed, and edited since",
		[HOOK_COPIED] = "copied by hand",
		[HOOK_INSTALLED] = "installed",
	};

	(void)opt;
	printf("%s: %s%s\n", h->path,
	       h->there ? words[h->author] : "not installed",
	       h->there && !h->executable ? ", not executable: git does not run it" : "");
	if (h->has_before && !h->unfinished)
		printf("%s: the hook that was there before%s\n", h->before,
		       access(h->before, X_OK) ?
		       ", not executable: it is not run" : "");
	return 0;
}

static int run(const struct options *opt)
{
	static const struct {
		const char *name;
		int (*fn)(struct hook *h, const struct options *opt);
	} actions[] = {
		{ "install", install },
		{ "remove", remove_hook },
		{ "status", status },
	};
	struct hook h = HOOK_INIT;
	size_t i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(actions); i++)
		if (!strcmp(actions[i].name, opt->arguments.v[0]))
			break;
	if (i == ARRAY_SIZE(actions)) {
		error("`dmacheck hook %s`: it is install, remove or status",
		      opt->arguments.v[0]);
		return EXIT_FAILED;
	}
	ret = look(&h, opt->request.tree) || actions[i].fn(&h, opt);
	release(&h);
	return ret ? EXIT_FAILED : EXIT_CLEAN;
}

const struct subcommand hook_command = {
	.name = "hook",
	.arguments = "ACTION",
	.min_arguments = 1,
	.max_arguments = 1,
	.summary = "Install, remove or show (status) a git hook that runs patch --staged",
	.groups = OPTIONS_MESSAGES | OPTIONS_HOOK,
	.run = run,
};

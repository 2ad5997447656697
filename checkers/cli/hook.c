// SPDX-License-Identifier: GPL-2.0-only
/*
 * `dmacheck hook`: tools/pre-commit as the pre-commit hook of a repository,
 * beside no other hook or behind one that can run under another name.
 */
#include "cli/hooks-folder.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/exit-cleanup.h"
#include "lib/installed.h"
#include "lib/path.h"
#include "lib/run.h"
#include "lib/tempfile.h"
#include "tree/tree.h"

/* tools/pre-commit runs the program of this name in its own folder first. */
#define BEFORE "pre-commit.before-dmacheck"

/* The line of tools/pre-commit that takes the path of the program. */
#define VARIABLE "\ndmacheck_hook="
#define UNSET VARIABLE "''\n"

enum hook_kind {
	HOOK_NONE,
	HOOK_FOREIGN,
	HOOK_EDITED,	/* tools/pre-commit, but not as installed */
	HOOK_INSTALLED,
};

/* The repository's hook, before anything is done. */
struct hook {
	struct hooks_folder folder;
	char *path;		/* of the hook that git runs */
	char *before;		/* of the one that ran there before dmacheck's */
	enum hook_kind kind;
	bool has_before, link, executable;
	char *text;		/* NULL: none, or it cannot be read */
	size_t len;
};
#define HOOK_INIT { .folder = HOOKS_FOLDER_INIT }

static void hook_release(struct hook *h)
{
	hooks_folder_release(&h->folder);
	free(h->path);
	free(h->before);
	free(h->text);
	*h = (struct hook)HOOK_INIT;
}

/* The last line of an installed hook: a checksum of the text before it. */
static char *checksum_line(const char *text, size_t len)
{
	return xstrfmt("# dmacheck hook install: %016" PRIx64 "\n",
		       (uint64_t)XXH3_64bits(text, len));
}

/* The hook with the path of this program in it; NULL after an error(). */
static char *hook_text(void)
{
	char *path = installed_tool("pre-commit");
	char *template = path ? path_read(path, NULL) : NULL;
	char *program = installed_program();
	char *gap = template ? strstr(template, UNSET) : NULL;
	char *word, *body, *last, *text = NULL;

	if (path && !template)
		error_errno("cannot read %s", path);
	else if (template && !gap)
		error("pre-commit, the hook that comes with dmacheck, has no line dmacheck_hook=: install dmacheck anew");
	if (!gap || !program)
		goto cleanup;
	*gap = '\0';
	word = run_command_line((const char *const []){ program, NULL });
	body = xstrfmt("%s" VARIABLE "%s\n%s", template, word,
		       gap + strlen(UNSET));
	last = checksum_line(body, strlen(body));
	text = xstrfmt("%s%s", body, last);
	free(last);
	free(body);
	free(word);
cleanup:
	free(program);
	free(template);
	free(path);
	return text;
}

static enum hook_kind kind_of_text(const char *text, size_t len)
{
	size_t before = len ? len - 1 : 0;
	bool same;
	char *last;

	if (!text || !memmem(text, len, VARIABLE, strlen(VARIABLE)))
		return HOOK_FOREIGN;
	while (before && text[before - 1] != '\n')
		before--;
	last = checksum_line(text, before);
	same = strlen(last) == len - before &&
		!memcmp(last, text + before, len - before);
	free(last);
	return same ? HOOK_INSTALLED : HOOK_EDITED;
}

static int hook_read(struct hook *h, const char *dir)
{
	struct stat st;

	if (hooks_folder_find(&h->folder, dir))
		return -1;
	h->path = path_join(h->folder.path, "pre-commit");
	h->before = path_join(h->folder.path, BEFORE);
	h->has_before = !lstat(h->before, &st);
	if (lstat(h->path, &st))
		return errno == ENOENT ? 0 :
			error_errno("cannot open %s", h->path);
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return error("%s is neither a file nor a link to one: move it away first",
			     h->path);
	h->link = S_ISLNK(st.st_mode);
	h->executable = !access(h->path, X_OK);
	if (path_is_file(h->path))
		h->text = path_read(h->path, &h->len);
	h->kind = kind_of_text(h->text, h->len);
	if (h->link && h->kind == HOOK_INSTALLED)
		h->kind = HOOK_EDITED;
	return 0;
}

/* Only --shared changes a folder that other repositories may use. */
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

/* Whether the other hook is likely to work under another name. */
static bool can_be_renamed(const struct hook *h)
{
	static const char *const signs[] = { "basename", "${0##", "argv[0]" };
	size_t i;

	if (h->link || !h->executable || h->has_before || h->len < 2 ||
	    memcmp(h->text, "#!", 2))
		return false;
	for (i = 0; i < ARRAY_SIZE(signs); i++)
		if (memmem(h->text, h->len, signs[i], strlen(signs[i])))
			return false;
	return true;
}

static int decline(const struct hook *h)
{
	char *program = installed_program(), *word;

	if (!program)
		return -1;
	word = run_command_line((const char *const []){ program, NULL });
	error("%s is another hook, and is left as it is; to check each commit, add this line to it:\n%s patch --staged || exit",
	      h->path, word);
	free(word);
	free(program);
	return -1;
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

/* Put the hook in place; another one is kept as `before`. */
static int put_in_place(const struct hook *h, const char *text)
{
	bool moved = false;
	int ret = -1;

	if (!h->folder.exists && mkdir(h->folder.path, 0777))
		return error_errno("cannot make %s, where git looks for hooks",
				   h->folder.path);
	exit_cleanup_block();
	if (h->kind == HOOK_FOREIGN && rename(h->path, h->before)) {
		error_errno("cannot rename %s to %s", h->path, h->before);
		goto cleanup;
	}
	moved = h->kind == HOOK_FOREIGN;
	ret = write_program(h->path, text);
	if (ret && moved && rename(h->before, h->path))
		error_errno("cannot undo it: the hook that was there is %s now",
			    h->before);
cleanup:
	exit_cleanup_unblock();
	return ret;
}

static int install_hook(struct hook *h, const struct options *opt)
{
	struct tree tree = TREE_INIT;
	char *text;
	int ret = -1;

	if (tree_open(&tree, h->folder.top, NULL))
		return error("dmacheck checks a kernel that is at the top of its repository: no hook is installed in %s",
			     h->folder.top);
	tree_release(&tree);
	if (check_folder(h, opt))
		return -1;
	if (h->kind == HOOK_EDITED)
		return error("%s is dmacheck's hook, edited, copied or linked by hand: left as it is; remove it to have it installed anew",
			     h->path);
	if (h->kind == HOOK_FOREIGN && !can_be_renamed(h))
		return decline(h);
	text = hook_text();
	if (!text)
		return -1;
	if (h->kind == HOOK_INSTALLED && h->executable &&
	    !strcmp(text, h->text)) {
		note("%s is installed already: nothing to do", h->path);
		ret = 0;
		goto cleanup;
	}
	ret = put_in_place(h, text);
	if (ret)
		goto cleanup;
	note("%s is installed: `dmacheck patch --staged` looks at each commit in %s",
	     h->path, h->folder.top);
	if (h->kind == HOOK_FOREIGN || h->has_before)
		note("the hook that was there is %s now and runs first",
		     h->before);
	if (h->folder.in_worktree)
		warning("%s is in the working tree, and the hook there holds a path of this machine: do not commit it",
			h->folder.path);
cleanup:
	free(text);
	return ret;
}

/* --- remove, status --- */

static int remove_hook(struct hook *h, const struct options *opt)
{
	if (h->kind == HOOK_EDITED || (h->kind == HOOK_FOREIGN && h->has_before))
		return error("%s is not as `dmacheck hook install` made it: left as it is%s%s; remove it yourself if it is to go",
			     h->path, h->has_before ?
			     ", and so is the hook that was there before, " : "",
			     h->has_before ? h->before : "");
	if (h->kind == HOOK_FOREIGN || (h->kind == HOOK_NONE && !h->has_before)) {
		note("%s is %s: nothing to remove", h->path,
		     h->kind == HOOK_NONE ? "not there" : "not dmacheck's hook");
		return 0;
	}
	if (check_folder(h, opt))
		return -1;
	if (h->has_before ? rename(h->before, h->path) : unlink(h->path))
		return error_errno("cannot remove %s", h->path);
	note(h->has_before ? "%s is the hook again that was there before" :
	     "%s is removed", h->path);
	return 0;
}

static int show_status(struct hook *h, const struct options *opt)
{
	static const char *const states[] = {
		[HOOK_NONE] = "not installed",
		[HOOK_FOREIGN] = "not installed, another hook is there",
		[HOOK_EDITED] = "edited, copied or linked by hand",
		[HOOK_INSTALLED] = "installed",
	};

	(void)opt;
	printf("%s: %s%s\n", h->path, states[h->kind],
	       h->kind && !h->executable ?
	       ", not executable: git does not run it" : "");
	if (h->has_before)
		printf("%s: the hook that was there before\n", h->before);
	return 0;
}

static int run_hook(const struct options *opt)
{
	static const struct {
		const char *name;
		int (*fn)(struct hook *h, const struct options *opt);
	} actions[] = {
		{ "install", install_hook },
		{ "remove", remove_hook },
		{ "status", show_status },
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
	ret = hook_read(&h, opt->request.tree) || actions[i].fn(&h, opt);
	hook_release(&h);
	return ret ? EXIT_FAILED : EXIT_CLEAN;
}

const struct subcommand hook_command = {
	.name = "hook",
	.arguments = "ACTION",
	.min_arguments = 1,
	.max_arguments = 1,
	.summary = "Install, remove or show (status) a git hook that runs patch --staged",
	.groups = OPTIONS_MESSAGES | OPTIONS_HOOK,
	.run = run_hook,
};

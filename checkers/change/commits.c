// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes changes of commits and of what is staged, by git plumbing commands; for
 * `dmacheck patch --git` and --staged.
 */
#include "change/source.h"

#include "change/blobs.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/*
 * Files that may differ between a commit and the work tree. With more, it is
 * another kernel version, which is better checked out.
 */
#define MAX_FILES_AWAY	2000

struct commits {
	const char *root;
	char *prefix;		/* of the root in the repository: "" or "linux/" */
	char *folder;		/* for temporary files */
	char **list;		/* of commits; empty for the staged change */
	size_t nr, at;
	bool range;		/* "A..B" */
};

#define RAW "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-renames", \
	    "--ignore-submodules=all", "--no-textconv"

static void close_commits(struct change_source *source)
{
	struct commits *c = source->data;
	size_t i;

	for (i = 0; i < c->nr; i++)
		free(c->list[i]);
	free(c->list);
	free(c->prefix);
	if (c->folder)
		tempfile_remove(c->folder);
	free(c->folder);
	free(c);
}

/* The name of the empty tree, in the hash of the repository. */
static char *empty_tree(const struct commits *c)
{
	static const char *const words[] = { "hash-object", "-t", "tree",
		"/dev/null", NULL };

	return git_ask(c->root, words, true);
}

static void touch_all(struct change *change, const struct blob_list *list,
		      const char *prefix)
{
	size_t i, len = strlen(prefix);

	for (i = 0; i < list->nr; i++)
		if (!strncmp(list->list[i].path, prefix, len) &&
		    list->list[i].is_file)
			intern(&change->files, list->list[i].path + len);
}

/* Drop files that are the same in the work tree. */
static void drop_equal(struct overlay *overlay, const char *root)
{
	size_t from, to = 0;

	for (from = 0; from < overlay->nr; from++) {
		struct overlay_file *f = &overlay->list[from];
		char *path = path_join(root, f->path), *text;
		size_t len;
		bool equal;

		text = path_read(path, &len);
		equal = text ? f->text && f->len == len &&
				!memcmp(f->text, text, len) : !f->text;
		free(text);
		free(path);
		if (equal) {
			free(f->path);
			free(f->text);
		} else {
			overlay->list[to++] = *f;
		}
	}
	overlay->nr = to;
}

/* --- the staged change --- */

static bool has_conflict(const struct blob_list *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		if (list->list[i].status == 'U')
			return true;
	return false;
}

/* Compare with HEAD, or with the empty tree if there is no commit yet. */
static int list_staged(const struct commits *c, struct blob_list *list,
		       bool *first)
{
	static const char *const head[] = { "rev-parse", "-q", "--verify",
		"HEAD^{commit}", NULL };
	static const char *const words[] = { "diff-index", "--cached", RAW,
		"HEAD", "--", NULL };
	char *commit, *empty;
	int ret;

	*first = false;
	if (!blobs_list(list, c->root, c->folder, words, false))
		return 0;
	commit = git_ask(c->root, head, false);
	*first = !commit;
	empty = commit ? NULL : empty_tree(c);
	if (commit) {
		ret = blobs_list(list, c->root, c->folder, words, true);
	} else {
		const char *const all[] = { "diff-index", "--cached", RAW,
			empty, "--", NULL };

		ret = empty ? blobs_list(list, c->root, c->folder, all, true) :
			-1;
	}
	free(empty);
	free(commit);
	return ret;
}

static int next_staged(struct change_source *source, struct change *change)
{
	struct commits *c = source->data;
	struct blob_list list = BLOB_LIST_INIT;
	int ret = CHANGE_FAILED;

	if (c->at++)
		return 0;
	if (list_staged(c, &list, &change->first))
		goto cleanup;
	if (has_conflict(&list)) {
		error("there are unmerged files; resolve them and `git add` them (`git status` lists them)");
		goto cleanup;
	}
	change->title = xstrdup("staged");
	touch_all(change, &list, c->prefix);
	if (blobs_put(change->first ? NULL : &change->before, &change->after,
		      &list, c->root, c->folder, c->prefix))
		goto cleanup;
	drop_equal(&change->after, c->root);
	drop_equal(&change->before, c->root);
	ret = 1;
cleanup:
	blobs_release(&list);
	return ret;
}

/* --- commits --- */

static bool is_behind_barrier(const struct commits *c, const char *commit)
{
	static const char *const where[] = { "rev-parse", "--git-path",
		"shallow", NULL };
	char *relative = git_ask(c->root, where, false), *path, *text;
	bool found;

	path = relative ? path_join(c->root, relative) : NULL;
	text = path ? path_read(path, NULL) : NULL;
	found = text && strstr(text, commit);
	free(text);
	free(path);
	free(relative);
	return found;
}

/* The first parent, or the empty tree if there is none. NULL after an error(). */
static char *parent_of(const struct commits *c, const char *commit,
		       bool *first)
{
	char *name = xstrfmt("%s^", commit), *parent;
	const char *const words[] = { "rev-parse", "-q", "--verify", name,
		NULL };

	parent = git_ask(c->root, words, false);
	free(name);
	*first = !parent;
	if (parent)
		return parent;
	if (is_behind_barrier(c, commit)) {
		error("the parent of %.12s is not in this shallow clone; `git fetch --deepen=1` brings it",
		      commit);
		return NULL;
	}
	return empty_tree(c);
}

static char *title_of(const struct commits *c, const char *commit)
{
	const char *const words[] = { "log", "-1", "--no-show-signature",
		"--format=%h %s", commit, NULL };
	char *title = git_ask(c->root, words, false);

	return title ? title : xstrdup(commit);
}

/* Make the overlay that turns the work tree into the tree of `from`. */
static int go_back(const struct commits *c, const char *from,
		   struct overlay *overlay)
{
	const char *const words[] = { "diff-index", RAW, from, "--", NULL };
	struct blob_list list = BLOB_LIST_INIT;
	int ret = blobs_list(&list, c->root, c->folder, words, true);

	if (!ret && list.nr > MAX_FILES_AWAY)
		ret = error("%.12s differs from what is checked out in %s in %zu files; check it out (`git worktree add DIR %.12s`) and use -C DIR",
			    from, c->root, list.nr, from);
	if (!ret)
		ret = blobs_put(overlay, NULL, &list, c->root, c->folder,
				c->prefix);
	blobs_release(&list);
	return ret;
}

/*
 * `list` compares a merge with its first parent. Keep the files that differ
 * from all parents, which the merge itself has changed. 0, or -1 after an
 * error().
 */
static int keep_merged(const struct commits *c, const char *commit,
		       struct blob_list *list)
{
	const char *const words[] = { "diff-tree", "-c", "-r", "-z",
		"--no-commit-id", "--name-only", "--no-ext-diff",
		"--ignore-submodules=all", commit, "--", NULL };
	char *path = path_join(c->folder, "merged"), *text = NULL;
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = {
		.dir = c->root, .output = path, .words = words,
	};
	struct intern_pool names = INTERN_POOL_INIT;
	size_t len = 0, i, kept = 0;
	const char *p;
	int ret = 0;

	if (git_run(&result, &call))
		ret = git_error(&result, &call);
	else if (!(text = path_read(path, &len)))
		ret = error_errno("cannot read %s", path);
	for (p = text; text && p < text + len; p += strlen(p) + 1)
		intern(&names, p);
	for (i = 0; i < list->nr; i++)
		if (intern_find(&names, list->list[i].path) != INTERN_NONE)
			list->list[kept++] = list->list[i];
		else
			free(list->list[i].path);
	list->nr = kept;
	intern_release(&names);
	run_release(&result);
	free(text);
	free(path);
	return ret;
}

static bool is_merge(const struct commits *c, const char *commit)
{
	char *name = xstrfmt("%s^2", commit);
	const char *const words[] = { "rev-parse", "-q", "--verify", name,
		NULL };
	char *second = git_ask(c->root, words, false);

	free(name);
	free(second);
	return second != NULL;
}

/*
 * Make the change of a commit: the tree of its first parent, and this tree with
 * the files of the commit. For a `merge` in a range, the merged commits are in the
 * range or before it, so only files that differ from all parents are checked: the
 * trees are the merge with these files as in the first parent, and the merge.
 * Returns 1; 0 if a merge has no such files; CHANGE_BAD after an error().
 */
static int judge_commit(const struct commits *c, const char *commit, bool merge,
			struct change *change)
{
	char *parent = parent_of(c, commit, &change->first), *title = NULL;
	struct overlay *base = merge ? &change->after : &change->before;
	struct overlay *other = merge ? &change->before : &change->after;
	struct blob_list list = BLOB_LIST_INIT;
	const char *const words[] = { "diff-tree", "-r", RAW, parent, commit,
		"--", NULL };
	int ret = CHANGE_BAD;

	if (!parent || blobs_list(&list, c->root, c->folder, words, true) ||
	    (merge && keep_merged(c, commit, &list)))
		goto cleanup;
	title = title_of(c, commit);
	if (merge && !list.nr) {
		verbose("%s: the merge itself changes nothing", title);
		ret = 0;
		goto cleanup;
	}
	change->title = xstrfmt(merge ? "%s (what the merge itself changes)" :
				"%s", title);
	touch_all(change, &list, c->prefix);
	if ((merge || !change->first) &&
	    go_back(c, merge ? commit : parent, base))
		goto cleanup;
	overlay_add_all(other, base);
	if (blobs_put(merge ? other : NULL, merge ? NULL : other, &list,
		      c->root, c->folder, c->prefix))
		goto cleanup;
	drop_equal(&change->after, c->root);
	drop_equal(&change->before, c->root);
	ret = 1;
cleanup:
	blobs_release(&list);
	free(title);
	free(parent);
	return ret;
}

static int next_commit(struct change_source *source, struct change *change)
{
	struct commits *c = source->data;
	int ret = 0;

	while (!ret && c->at < c->nr) {
		const char *commit = c->list[c->at++];

		ret = judge_commit(c, commit, c->range && is_merge(c, commit),
				   change);
	}
	return ret;
}

/* --- both --- */

/* The repository that `root` is in; NULL after an error(). */
static struct commits *open_repository(const char *root)
{
	static const char *const words[] = { "rev-parse",
		"--is-inside-work-tree", "--show-prefix", NULL };
	struct commits *c = xcalloc(1, sizeof(*c));
	char *answer = git_ask(root, words, true);
	size_t len = answer ? strcspn(answer, "\n") : 0;

	c->root = root;
	if (!answer)
		error("%s is in no git repository that can be read; give the patch as a file, `dmacheck patch FILE`",
		      root);
	else if (len != 4 || strncmp(answer, "true", len))
		error("%s is not in the work tree of a git repository", root);
	else
		c->prefix = xstrdup(answer + len + (answer[len] == '\n'));
	free(answer);
	if (c->prefix)
		c->folder = tempfile_make_dir();
	if (c->folder)
		return c;
	free(c->prefix);
	free(c);
	return NULL;
}

struct change_source *change_staged(const char *root)
{
	struct commits *c = open_repository(root);

	return c ? change_source_new(next_staged, close_commits, c) : NULL;
}

static void take_commits(struct commits *c, char *names)
{
	char *name, *rest = names;

	while ((name = strsep(&rest, "\n"))) {
		if (!*name)
			continue;
		c->list = xrealloc(c->list, (c->nr + 1) * sizeof(*c->list));
		c->list[c->nr++] = xstrdup(name);
	}
}

struct change_source *change_commits(const char *root, const char *revision)
{
	bool range = strstr(revision, "..");
	const char *const one[] = { "rev-parse", "--verify",
		"--end-of-options", revision, NULL };
	const char *const many[] = { "rev-list", "--reverse",
		"--end-of-options", revision, "--", NULL };
	struct commits *c = open_repository(root);
	char *names, *commit;

	if (!c)
		return NULL;
	c->range = range;
	if (range) {
		names = git_ask(root, many, false);
	} else {
		/* A tag stands for its commit. */
		commit = xstrfmt("%s^{commit}", revision);
		names = git_ask(root, (const char *const[]){ one[0], one[1],
				one[2], commit, NULL }, false);
		free(commit);
	}
	if (names)
		take_commits(c, names);
	free(names);
	if (!names)
		error("there is no commit '%s' in the git repository of %s",
		      revision, root);
	if (names && !c->nr)
		note("there is no commit in %s", revision);
	if (names)
		return change_source_new(next_commit, close_commits, c);
	close_commits(&(struct change_source){ .data = c });
	return NULL;
}

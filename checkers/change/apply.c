// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applies a patch with git to copies of the files that it names. The result
 * is the tree after the change; for patches.c.
 */
#include "change/source.h"

#include <errno.h>
#include <fts.h>
#include <sys/stat.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/* Seconds; git apply takes a fraction of one for any patch. */
#define APPLY_TIMEOUT 60

struct applying {
	const char *root, *name;
	const struct overlay *now;
	char *text;			/* the patch */
	char *folder, *tree, *patch;	/* temporary: the copies, the patch */
	struct diff diff;
	size_t left;			/* files that are not binary */
};

static int put_all_old(const struct applying *a)
{
	size_t i;

	for (i = 0; i < a->diff.nr; i++) {
		const struct diff_file *f = &a->diff.files[i];

		if (f->from &&
		    change_copy(a->tree, a->root, a->now, f->from))
			return -1;
		if (f->to &&
		    change_copy(a->tree, a->root, a->now, f->to))
			return -1;
	}
	return 0;
}

static bool has_hunk(const struct applying *a, size_t file)
{
	size_t i;

	for (i = 0; i < a->diff.nr_hunks; i++)
		if (a->diff.hunks[i].file == file)
			return true;
	return false;
}

/* git rejects "Binary files differ": write the patch without these sections. */
static int write_patch(struct applying *a)
{
	FILE *out = fopen(a->patch, "we");
	size_t at = 0, i;
	int ret;

	a->left = a->diff.nr;

	for (i = 0; out && i < a->diff.nr; i++) {
		const struct diff_file *f = &a->diff.files[i];

		if (!f->binary || has_hunk(a, i))
			continue;
		fwrite(a->text + at, 1, f->start - at, out);
		at = f->end;
		a->left--;
		note("%s: %s is binary and is not checked", a->name,
		     f->to ? f->to : f->from ? f->from : "a file");
	}
	if (!out)
		return error_errno("cannot write %s", a->patch);
	fputs(a->text + at, out);
	ret = ferror(out) ? -1 : 0;
	ret |= fclose(out);
	return ret ? error_errno("cannot write %s", a->patch) : 0;
}

/*
 * Compare the diff with the diffstat above it: " 3 files changed, 2
 * insertions(+), 1 deletion(-)". A truncated mail has less than that.
 */
static int check_diffstat(const struct applying *a)
{
	size_t files = 0, added = 0, removed = 0;
	const char *line = a->text, *end = a->text + a->diff.files[0].start;

	for (; line < end; line = strchrnul(line, '\n') + 1) {
		unsigned long nr, n;
		int used = 0;
		const char *p;

		if (*line != ' ' ||
		    sscanf(line, " %lu file%*[s] changed%n", &nr, &used) != 1)
			used = 0;
		if (!used &&
		    sscanf(line, " %lu file changed%n", &nr, &used) != 1)
			used = 0;
		if (!used)
			continue;
		files = nr;
		added = removed = 0;
		for (p = line + used; *p == ','; p += strcspn(p, ",\n")) {
			n = strtoul(++p, (char **)&p, 10);
			if (!strncmp(p, " insertion", 10))
				added = n;
			else if (!strncmp(p, " deletion", 9))
				removed = n;
		}
	}
	if (a->diff.nr < files || a->diff.added < added ||
	    a->diff.removed < removed)
		return error("%s is incomplete: its diffstat says %zu files, %zu lines added, %zu removed, and the diff has %zu, %zu and %zu",
			     a->name, files, added, removed, a->diff.nr,
			     a->diff.added, a->diff.removed);
	return 0;
}

/* Whether the patch is complete and can be checked; if not, after an error(). */
static bool is_whole(const struct applying *a)
{
	size_t i;

	if (a->diff.bad) {
		error("%s names a file outside of the tree, or one that a patch must not change: '%s'",
		      a->name, a->diff.bad);
		return false;
	}
	if (a->diff.context) {
		error("%s has a context diff; only unified diffs can be checked",
		      a->name);
		return false;
	}
	for (i = 0; i < a->diff.nr; i++) {
		const struct diff_file *f = &a->diff.files[i];

		if (f->complete)
			continue;
		error("%s is incomplete: the lines of %s are missing", a->name,
		      f->to ? f->to : f->from ? f->from : "a file");
		return false;
	}
	return !check_diffstat(a);
}

static const struct diff_hunk *find_hunk(const struct applying *a,
					 const char *file, unsigned int line)
{
	size_t i;

	for (i = 0; i < a->diff.nr_hunks; i++) {
		const struct diff_hunk *h = &a->diff.hunks[i];
		const struct diff_file *f = &a->diff.files[h->file];

		if (h->from == line &&
		    ((f->from && !strcmp(f->from, file)) ||
		     (f->to && !strcmp(f->to, file))))
			return h;
	}
	return NULL;
}

/* "error: patch failed: FILE:LINE", or another of git's errors. */
static bool explain_failure(const struct applying *a, const char *line)
{
	static const char prefix[] = "error: ", failed[] = "patch failed: ";
	static const char again[] = ": patch does not apply";
	size_t len = strcspn(line, "\n"), n = sizeof(failed) - 1;
	char *text, *colon;

	if (strncmp(line, prefix, sizeof(prefix) - 1))
		return false;
	text = xstrndup(line + sizeof(prefix) - 1,
			len - (sizeof(prefix) - 1));
	colon = strrchr(text, ':');
	if (!strncmp(text, failed, n) && colon > text + n) {
		const struct diff_hunk *h;

		*colon = '\0';
		h = find_hunk(a, text + n,
			      (unsigned int)strtoul(colon + 1, NULL, 10));
		if (h)
			error("%s does not apply to %s: hunk %u (%s)", a->name,
			      text + n, h->number, h->header);
		else
			error("%s does not apply to %s: at its line %s",
			      a->name, text + n, colon + 1);
	} else if (!strstr(text, again)) {
		error("%s does not apply: %s", a->name, text);
	} else {
		free(text);
		return false;
	}
	free(text);
	return true;
}

/*
 * Move the hunks to where git found their lines: it says "Checking patch FILE..."
 * for each file, and "Hunk #2 succeeded at 19 (offset 1 line)."
 */
static void take_offsets(struct applying *a, const char *line)
{
	static const char next[] = "Checking patch ";
	size_t file = 0, i;
	bool any = false;

	for (; line && *line; line = strchrnul(line, '\n'), line += !!*line) {
		unsigned int number, at;

		if (!strncmp(line, next, sizeof(next) - 1)) {
			file += any;
			any = true;
			while (file < a->diff.nr && a->diff.files[file].binary &&
			       !has_hunk(a, file))
				file++;
		}
		if (sscanf(line, "Hunk #%u succeeded at %u", &number, &at) != 2)
			continue;
		for (i = 0; i < a->diff.nr_hunks; i++)
			if (a->diff.hunks[i].file == file &&
			    a->diff.hunks[i].number == number)
				a->diff.hunks[i].to = at;
	}
}

static int run_apply(struct applying *a)
{
	const char *words[] = { "apply", "-v", "-p1", "--", a->patch, NULL };
	struct run_result result = RUN_RESULT_INIT;
	struct git_call call = {
		.dir = a->tree, .words = words, .bare = true,
		.timeout = APPLY_TIMEOUT,
	};
	const char *line, *end;
	bool said = false;
	int ret;

	ret = git_run(&result, &call);
	for (line = result.output; ret && line && *line; line = end) {
		end = strchrnul(line, '\n');
		end += *end == '\n';
		said |= explain_failure(a, line);
	}
	if (ret && !said)
		git_error(&result, &call);
	if (!ret)
		take_offsets(a, result.output);
	run_release(&result);
	return ret;
}

/* Add the file as it is after the patch to `change`. */
static int take_applied(struct change *change, const struct applying *a,
			const char *file)
{
	char *path = path_join(a->tree, file);
	struct stat st = { .st_mode = 0 };
	char *text = NULL;
	size_t len = 0;
	int ret = 0;

	if (change_touches(change, file)) {
		free(path);
		return 0;
	}
	if (!lstat(path, &st) && S_ISLNK(st.st_mode))
		note("%s: %s is a symbolic link and is not checked", a->name,
		     file);
	if (S_ISREG(st.st_mode)) {
		text = path_read(path, &len);
		if (!text)
			ret = error_errno("cannot read %s", path);
	}
	if (!ret)
		overlay_put(&change->after, file, text, len);
	intern(&change->files, file);
	free(text);
	free(path);
	return ret;
}

/* Add all other files that git wrote: it may read a patch differently. */
static int take_others(struct change *change, const struct applying *a)
{
	char *const paths[] = { a->tree, NULL };
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *e;
	int ret = 0;

	if (!fts)
		return error_errno("cannot read %s", a->tree);
	while (!ret && (e = fts_read(fts)))
		if (e->fts_info == FTS_F || e->fts_info == FTS_SL ||
		    e->fts_info == FTS_SLNONE)
			ret = take_applied(change, a,
					   path_below(e->fts_path, a->tree));
	fts_close(fts);
	return ret;
}

static int take_all(struct change *change, const struct applying *a)
{
	int ret = 0;
	size_t i;

	overlay_add_all(&change->before, a->now);
	overlay_add_all(&change->after, a->now);
	for (i = 0; i < a->diff.nr && !ret; i++) {
		const struct diff_file *f = &a->diff.files[i];

		if (f->from)
			ret = take_applied(change, a, f->from);
		if (!ret && f->to)
			ret = take_applied(change, a, f->to);
		if (f->renamed && f->from && f->to) {
			ALLOC_GROW(change->renames, change->nr_renames + 1,
				   change->alloc_renames);
			change->renames[change->nr_renames++] =
				(struct change_rename){ xstrdup(f->from),
							xstrdup(f->to) };
		}
	}
	change_show_hunks(change, &a->diff);
	return ret ? ret : take_others(change, a);
}

static int apply_in(struct change *change, struct applying *a)
{
	a->folder = tempfile_make_dir();
	if (!a->folder)
		return CHANGE_BAD;
	a->tree = path_join(a->folder, "tree");
	a->patch = path_join(a->folder, "patch");
	if (path_mkdirs(a->tree)) {
		error_errno("cannot create %s", a->tree);
		return CHANGE_BAD;
	}
	return put_all_old(a) || write_patch(a) ||
		(a->left && run_apply(a)) || take_all(change, a) ?
		CHANGE_BAD : 1;
}

int apply_patch(struct change *change, const char *root,
		const struct overlay *now, const char *patch,
		const char *name)
{
	struct applying a = {
		.root = root, .name = name, .now = now, .diff = DIFF_INIT,
	};
	int ret = CHANGE_BAD;
	size_t len = 0;

	a.text = path_read(patch, &len);
	if (!a.text) {
		error_errno("cannot read %s", patch);
		return CHANGE_BAD;
	}
	diff_read(&a.diff, a.text, 1);
	if (strlen(a.text) != len)
		error("cannot check %s: it has NUL bytes", name);
	else if (!a.diff.nr && !a.diff.context)
		ret = 0;
	else if (is_whole(&a))
		ret = apply_in(change, &a);
	if (a.folder)
		tempfile_remove(a.folder);
	free(a.folder);
	free(a.tree);
	free(a.patch);
	free(a.text);
	diff_release(&a.diff);
	return ret;
}

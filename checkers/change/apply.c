// SPDX-License-Identifier: GPL-2.0-only
#include "change/source.h"

#include <errno.h>
#include <sys/stat.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/* Seconds; git apply takes a fraction of one for any patch. */
#define APPLY_TIMEOUT 60

struct applying {
	const char *root, *patch, *name;
	const struct overlay *now;
	char *folder;
	struct diff diff;
};

static int put_all_old(const struct applying *a)
{
	size_t i;

	for (i = 0; i < a->diff.nr; i++) {
		const struct diff_file *f = &a->diff.files[i];

		if (f->from &&
		    change_copy(a->folder, a->root, a->now, f->from))
			return -1;
		if (f->to &&
		    change_copy(a->folder, a->root, a->now, f->to))
			return -1;
	}
	return 0;
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
static bool explain(const struct applying *a, const char *line)
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

static int run_apply(const struct applying *a)
{
	const char *words[40] = { "apply", "-p1" };
	struct run_result result = RUN_RESULT_INIT;
	struct git_call call = {
		.dir = a->folder, .words = words, .bare = true,
		.timeout = APPLY_TIMEOUT,
	};
	char *excluded[20];
	size_t nr = 2, i, n = 0;
	const char *line, *end;
	bool said = false;
	int ret;

	/* Nothing that is read here is binary, and git may lack the data. */
	for (i = 0; i < a->diff.nr && n < ARRAY_SIZE(excluded); i++) {
		const struct diff_file *f = &a->diff.files[i];

		if (!f->binary || (!f->to && !f->from))
			continue;
		excluded[n] = xstrfmt("--exclude=%s", f->to ? f->to : f->from);
		words[nr++] = excluded[n++];
	}
	words[nr++] = "--";
	words[nr++] = a->patch;
	ret = git_run(&result, &call);
	for (line = result.output; ret && line && *line; line = end) {
		end = strchrnul(line, '\n');
		end += *end == '\n';
		said |= explain(a, line);
	}
	if (ret && !said)
		git_error(&result, &call);
	run_release(&result);
	while (n)
		free(excluded[--n]);
	return ret;
}

/* Take over what became of a file. */
static int take(struct change *change, const struct applying *a,
		const char *file)
{
	char *path = path_join(a->folder, file);
	struct stat st;
	char *text = NULL;
	size_t len = 0;
	int ret = 0;

	if (!lstat(path, &st) && S_ISREG(st.st_mode)) {
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

static int take_all(struct change *change, const struct applying *a)
{
	int ret = 0;
	size_t i;

	overlay_add_all(&change->before, a->now);
	overlay_add_all(&change->after, a->now);
	for (i = 0; i < a->diff.nr && !ret; i++) {
		const struct diff_file *f = &a->diff.files[i];

		if (f->binary)
			continue;
		if (f->from)
			ret = take(change, a, f->from);
		if (!ret && f->to)
			ret = take(change, a, f->to);
		if (f->renamed && f->from && f->to) {
			ALLOC_GROW(change->renames, change->nr_renames + 1,
				   change->alloc_renames);
			change->renames[change->nr_renames++] =
				(struct change_rename){ xstrdup(f->from),
							xstrdup(f->to) };
		}
	}
	return ret;
}

int apply_patch(struct change *change, const char *root,
		const struct overlay *now, const char *patch,
		const char *name)
{
	struct applying a = {
		.root = root, .patch = patch, .name = name, .now = now,
	};
	int ret = CHANGE_BAD;
	char *text = path_read(patch, NULL);

	if (!text) {
		error_errno("cannot read %s", patch);
		return CHANGE_BAD;
	}
	diff_read(&a.diff, text, 1);
	free(text);
	if (!a.diff.nr) {
		ret = 0;
		goto cleanup;
	}
	if (a.diff.bad) {
		error("%s names a file outside of the tree, or none that a patch may touch: '%s'; it is left alone",
		      name, a.diff.bad);
		goto cleanup;
	}
	a.folder = tempfile_make_dir();
	if (a.folder && !put_all_old(&a) && !run_apply(&a) &&
	    !take_all(change, &a))
		ret = 1;
cleanup:
	if (a.folder)
		tempfile_remove(a.folder);
	free(a.folder);
	diff_release(&a.diff);
	return ret;
}

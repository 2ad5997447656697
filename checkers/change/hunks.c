// SPDX-License-Identifier: GPL-2.0-only
/* Finds the lines that a change adds, with git diff of both its overlays. */
#include "change/change.h"

#include "change/source.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/* Seconds; some for a change of the whole kernel. */
#define DIFF_TIMEOUT 120

static int put_all(const struct change *change, const char *folder,
		   const char *root)
{
	char *a = path_join(folder, "a"), *b = path_join(folder, "b");
	int ret = 0;
	uint32_t i;

	if (path_mkdirs(a) || path_mkdirs(b))
		ret = error_errno("cannot make %s", a);
	for (i = 0; i < change->files.nr && !ret; i++) {
		const char *file = intern_str(&change->files, i);

		ret = change_copy(a, root, &change->before, file);
		if (!ret)
			ret = change_copy(b, root, &change->after, file);
	}
	free(a);
	free(b);
	return ret;
}

static bool is_known(const struct change *change, const char *from)
{
	size_t i;

	for (i = 0; i < change->nr_renames; i++)
		if (!strcmp(change->renames[i].from, from))
			return true;
	return false;
}

/* "rename from a/x" still has the folder, other names have lost it. */
static const char *bare_name(const struct diff_file *f, const char *name)
{
	return f->renamed ? name + strcspn(name, "/") + 1 : name;
}

static void take_hunks(struct change *change, const struct diff *diff)
{
	size_t i;

	for (i = 0; i < diff->nr; i++) {
		const struct diff_file *f = &diff->files[i];

		if (!f->renamed || !f->from || !f->to ||
		    is_known(change, bare_name(f, f->from)))
			continue;
		ALLOC_GROW(change->renames, change->nr_renames + 1,
			   change->alloc_renames);
		change->renames[change->nr_renames++] =
			(struct change_rename){
				xstrdup(bare_name(f, f->from)),
				xstrdup(bare_name(f, f->to)) };
	}
	for (i = 0; i < diff->nr_hunks; i++) {
		const struct diff_hunk *h = &diff->hunks[i];
		const struct diff_file *f = &diff->files[h->file];

		ALLOC_GROW(change->hunks, change->nr_hunks + 1,
			   change->alloc_hunks);
		change->hunks[change->nr_hunks++] = (struct change_hunk){
			.file = xstrdup(f->to ? bare_name(f, f->to) : f->from),
			/* Lines that are only removed stood behind that line. */
			.first = h->nr_to ? h->to : h->to + 1,
			.nr = h->nr_to,
			.header = xstrdup(h->header),
		};
	}
}

int change_find_hunks(struct change *change, const char *root)
{
	static const char *const words[] = { "diff", "--no-index",
		"--no-prefix", "--no-ext-diff", "--no-color", "-U0", "-M", "-a",
		"--", "a", "b", NULL };
	char *folder = tempfile_make_dir(), *text = NULL;
	char *answer = folder ? path_join(folder, "diff") : NULL;
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = {
		.dir = folder, .output = answer, .words = words, .bare = true,
		.timeout = DIFF_TIMEOUT,
	};
	struct diff diff = DIFF_INIT;
	int ret = -1;

	if (!folder || put_all(change, folder, root))
		goto cleanup;
	/* Exit status 1: the files differ. */
	if (git_run(&result, &call) && result.exit_status != 1) {
		git_error(&result, &call);
		goto cleanup;
	}
	text = path_read(answer, NULL);
	if (!text) {
		error_errno("cannot read %s", answer);
		goto cleanup;
	}
	diff_read(&diff, text, 1);
	take_hunks(change, &diff);
	ret = 0;
cleanup:
	diff_release(&diff);
	run_release(&result);
	if (folder)
		tempfile_remove(folder);
	free(text);
	free(answer);
	free(folder);
	return ret;
}

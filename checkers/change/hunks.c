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

static bool is_known_file(const struct change *change, const char *from)
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

static void add_hunk(struct change_hunk *hunk, const char *file,
		     const struct diff_hunk *h)
{
	*hunk = (struct change_hunk){
		.file = xstrdup(file),
		/* Lines that are only removed stood behind that line. */
		.first = h->nr_to ? h->to : h->to + 1,
		.nr = h->nr_to,
		.header = xstrdup(h->header),
	};
}

static void show_hunk(struct change *change, const char *file,
		      const struct diff_hunk *h)
{
	ALLOC_GROW(change->shown, change->nr_shown + 1, change->alloc_shown);
	add_hunk(&change->shown[change->nr_shown++], file, h);
}

void change_show_hunks(struct change *change, const struct diff *diff)
{
	size_t i;

	for (i = 0; i < diff->nr_hunks; i++) {
		const struct diff_file *f = &diff->files[diff->hunks[i].file];

		show_hunk(change, f->to ? f->to : f->from, &diff->hunks[i]);
	}
}

/* Those of git diff of the overlays; as the user knows them if `shown`. */
static void take_hunks(struct change *change, const struct diff *diff,
		       bool shown)
{
	size_t i;

	for (i = 0; i < diff->nr_hunks; i++) {
		const struct diff_hunk *h = &diff->hunks[i];
		const struct diff_file *f = &diff->files[h->file];
		const char *file = f->to ? bare_name(f, f->to) : f->from;

		if (shown) {
			show_hunk(change, file, h);
			continue;
		}
		ALLOC_GROW(change->hunks, change->nr_hunks + 1,
			   change->alloc_hunks);
		add_hunk(&change->hunks[change->nr_hunks++], file, h);
	}
}

static void take_renames(struct change *change, const struct diff *diff)
{
	size_t i;

	for (i = 0; i < diff->nr; i++) {
		const struct diff_file *f = &diff->files[i];

		if (!f->renamed || !f->from || !f->to ||
		    is_known_file(change, bare_name(f, f->from)))
			continue;
		ALLOC_GROW(change->renames, change->nr_renames + 1,
			   change->alloc_renames);
		change->renames[change->nr_renames++] =
			(struct change_rename){
				xstrdup(bare_name(f, f->from)),
				xstrdup(bare_name(f, f->to)) };
	}
}

/*
 * git diff of the overlays in `folder`, with that number of lines around each
 * change. -1 after an error().
 */
static int diff_overlays(struct diff *diff, const char *folder,
			 const char *context, const char *attributes)
{
	const char *words[] = { "-c", attributes, "diff", "--no-index",
		"--no-prefix", "--no-ext-diff", "--no-color", context, "-M",
		"-a", "--", "a", "b", NULL };
	char *answer = path_join(folder, "diff"), *text = NULL;
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = {
		.dir = folder, .output = answer, .words = words, .bare = true,
		.timeout = DIFF_TIMEOUT,
	};
	int ret = -1;

	/* Exit status 1: the files differ. */
	if (git_run(&result, &call) && result.exit_status != 1) {
		git_error(&result, &call);
	} else {
		text = path_read(answer, NULL);
		if (!text)
			error_errno("cannot read %s", answer);
	}
	if (text) {
		diff_read(diff, text, 1);
		ret = 0;
	}
	run_release(&result);
	free(text);
	free(answer);
	return ret;
}

int change_find_hunks(struct change *change, const char *root)
{
	char *folder = tempfile_make_dir();
	/* Which lines git puts behind the "@@" depends on that file. */
	char *attributes = xstrfmt("core.attributesFile=%s/.gitattributes",
				   root);
	struct diff diff = DIFF_INIT, shown = DIFF_INIT;
	int ret = -1;

	if (!folder || put_all(change, folder, root) ||
	    diff_overlays(&diff, folder, "-U0", "core.attributesFile="))
		goto cleanup;
	take_renames(change, &diff);
	take_hunks(change, &diff, false);
	if (!change->nr_shown) {
		if (diff_overlays(&shown, folder, "-U3", attributes))
			goto cleanup;
		take_hunks(change, &shown, true);
	}
	ret = 0;
cleanup:
	diff_release(&diff);
	diff_release(&shown);
	if (folder)
		tempfile_remove(folder);
	free(attributes);
	free(folder);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the files of an overlay to a folder for sparse, and translates paths between
 * it and the tree; for sparse.c.
 */
#include "sparse/scratch.h"

#include <errno.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/strbuf.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strvec.h"
#include "lib/tempfile.h"

/* Make the folder for `path` there. Returns its path, or NULL after an error(). */
static char *make_folder_of(const struct scratch *scratch, const char *path)
{
	char *full = path_join(scratch->folder, path);
	char *dir = path_dirname(full);

	if (path_mkdirs(dir)) {
		error_errno("cannot make %s", dir);
		free(full);
		full = NULL;
	}
	free(dir);
	return full;
}

static int write_one(const struct scratch *scratch,
		     const struct overlay_file *f)
{
	char *path = make_folder_of(scratch, f->path);
	FILE *out;
	int ret = -1;

	if (!path)
		return -1;
	out = fopen(path, "wxe");
	if (out) {
		fwrite(f->text, 1, f->len, out);
		ret = ferror(out) ? -1 : 0;
		ret |= fclose(out);
	}
	if (ret)
		error_errno("cannot write %s", path);
	free(path);
	return ret ? -1 : 0;
}

int scratch_open(struct scratch *scratch, const struct tree *tree)
{
	const struct overlay *overlay = tree->overlay;
	size_t i;

	scratch->tree = tree;
	scratch->folder = NULL;
	if (!overlay || !overlay->nr)
		return 0;
	scratch->folder = tempfile_make_dir();
	if (!scratch->folder)
		return -1;
	for (i = 0; i < overlay->nr; i++)
		if (overlay->list[i].text &&
		    write_one(scratch, &overlay->list[i]))
			return -1;
	return 0;
}

/* Read the source from this folder, so that "x.h" beside it is the overlay's. */
static void add_source_words(const struct scratch *scratch, struct strvec *words,
			     const char *source)
{
	const char *below = path_below(source, scratch->tree->root);
	char *dir = path_dirname(source), *path;

	path = below ? make_folder_of(scratch, below) : NULL;
	if (path && symlink(source, path) && errno != EEXIST) {
		free(path);
		path = NULL;
	}
	strvec_pushf(words, "-I%s", dir);
	strvec_push_nodup(words, path ? path : xstrdup(source));
	free(dir);
}

char **scratch_argv(const struct scratch *scratch, char *const *argv)
{
	struct strvec words = STRVEC_INIT;
	size_t i;

	if (!scratch->folder)
		return NULL;
	for (i = 0; argv[i] && argv[i + 1]; i++) {
		const char *path = strncmp(argv[i], "-I", 2) ? argv[i] :
				   argv[i] + 2;
		const char *below = path_below(path, scratch->tree->root);

		if (below && path > argv[i])
			strvec_pushf(&words, "-I%s/%s", scratch->folder,
				     below);
		if (below && path == argv[i] &&
		    overlay_find(scratch->tree->overlay, below))
			strvec_push_nodup(&words,
					  path_join(scratch->folder, below));
		else
			strvec_push(&words, argv[i]);
	}
	if (argv[i])
		add_source_words(scratch, &words, argv[i]);
	return strvec_detach(&words);
}

char *scratch_text(const struct scratch *scratch, const char *output)
{
	struct strbuf text = STRBUF_INIT;
	const char *p;
	size_t len;

	if (!scratch->folder)
		return xstrdup(output);
	len = strlen(scratch->folder);
	while ((p = strstr(output, scratch->folder))) {
		strbuf_add(&text, output, (size_t)(p - output));
		strbuf_addstr(&text, scratch->tree->root);
		output = p + len;
	}
	strbuf_addstr(&text, output);
	return strbuf_detach(&text, NULL);
}

void scratch_release(struct scratch *scratch)
{
	if (scratch->folder)
		tempfile_remove(scratch->folder);
	free(scratch->folder);
	*scratch = (struct scratch)SCRATCH_INIT;
}

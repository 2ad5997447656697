// SPDX-License-Identifier: GPL-2.0-only
/* Copies files of a tree, as an overlay has them, for git to work on. */
#include "change/source.h"

#include <sys/stat.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

static int write_file(const char *path, const char *text, size_t len,
		      bool executable)
{
	char *dir = path_dirname(path);
	FILE *out = path_mkdirs(dir) ? NULL : fopen(path, "we");
	int ret = -1;

	if (out) {
		fwrite(text, 1, len, out);
		ret = ferror(out) ? -1 : 0;
		ret |= fclose(out);
	}
	/* As git keeps modes: 644 or 755. */
	if (!ret && executable)
		ret = chmod(path, 0755);
	if (ret)
		error_errno("cannot write %s", path);
	free(dir);
	return ret ? -1 : 0;
}

int change_copy(const char *folder, const char *root,
		const struct overlay *overlay, const char *file)
{
	const struct overlay_file *f = overlay_find(overlay, file);
	char *from = path_join(root, file);
	char *to = path_join(folder, file);
	char *text = NULL;
	struct stat st;
	size_t len;
	int ret = 0;

	if (f && f->text) {
		ret = write_file(to, f->text, f->len, false);
	} else if (!f && !lstat(from, &st) && S_ISREG(st.st_mode)) {
		text = path_read(from, &len);
		ret = text ? write_file(to, text, len, st.st_mode & 0111) :
			error_errno("cannot read %s", from);
	}
	free(text);
	free(to);
	free(from);
	return ret;
}

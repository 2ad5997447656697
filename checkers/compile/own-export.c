// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies what is kept of dmacheck's own output tree into an archive, and takes it in
 * again; for analysis/hand-over.c.
 */
#include "compile/own-export.h"

#include <ftw.h>
#include <inttypes.h>
#include <unistd.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/archive.h"
#include "lib/buffer.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strvec.h"
#include "lib/tempfile.h"

enum { OWN_MADE = OWN_ITEMS, OWN_COMMANDS, OWN_HEADER };

static bool is_header(const char *path)
{
	size_t len = strlen(path);

	return len > 2 && !strcmp(path + len - 2, ".h");
}

/* --- export --- */

static int put_file(struct archive_out *archive, uint32_t kind,
		    const char *name, const char *path)
{
	struct strbuf b = STRBUF_INIT;
	size_t len;
	char *text = path_read_max(path, PATH_MAX_SOURCE, &len);

	if (!text)
		return error_errno("cannot read %s", path);
	buffer_str(&b, name);
	strbuf_add(&b, text, len);
	archive_put(archive, kind, b.buf, b.len);
	strbuf_release(&b);
	free(text);
	return 0;
}

/* nftw(3) passes nothing on. */
static struct strvec *found;

static int note_header(const char *path, const struct stat *st, int type,
		       struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (type == FTW_F && is_header(path))
		strvec_push(found, path);
	return 0;
}

int own_export(const char *out, struct archive_out *archive)
{
	struct strvec headers = STRVEC_INIT;
	char *dir = path_dirname(out), *made = path_join(dir, "made");
	char *commands = path_join(dir, "commands");
	int ret;
	size_t i;

	found = &headers;
	nftw(out, note_header, 16, FTW_PHYS);
	if (headers.nr)
		qsort(headers.v, headers.nr, sizeof(*headers.v), strv_compare);
	ret = put_file(archive, OWN_MADE, "made", made);
	if (!ret && path_is_file(commands))
		ret = put_file(archive, OWN_COMMANDS, "commands", commands);
	for (i = 0; i < headers.nr && !ret; i++)
		ret = put_file(archive, OWN_HEADER,
			       path_below(headers.v[i], out), headers.v[i]);
	strvec_release(&headers);
	free(commands);
	free(made);
	free(dir);
	return ret;
}

/* --- import --- */

/* Below the output tree, whatever the name is. */
static bool is_inside(const char *name)
{
	char *normal = path_normalise(name);
	bool good = *name != '/' && !strcmp(normal, name) &&
		strncmp(name, "../", 3) && !strpbrk(name, "\n\r");

	free(normal);
	return good && is_header(name) && strlen(name) < 1024;
}

static int begin_tree(struct own_import *import)
{
	char *folder = path_join(import->cache, "objtree");

	import->dir = xstrfmt("%s/.import.%d", folder, (int)getpid());
	tempfile_register(import->dir);
	if (path_remove_tree(import->dir) || path_mkdirs(import->dir)) {
		error_errno("cannot make the folder %s", import->dir);
		free(folder);
		return -1;
	}
	free(folder);
	return 0;
}

static int put_below(const struct own_import *import, const char *name,
		     const char *text, size_t len)
{
	char *path = path_join(import->dir, name), *dir = path_dirname(path);
	FILE *f = path_mkdirs(dir) ? NULL : fopen(path, "we");
	int ret = !f || (len && fwrite(text, 1, len, f) != len) ? -1 : 0;

	if ((f && fclose(f)) || ret)
		ret = error_errno("cannot write %s", path);
	free(dir);
	free(path);
	return ret;
}

int own_import_item(struct own_import *import, uint32_t kind,
		    const struct strbuf *item)
{
	struct reader r;
	char *name, *path;
	size_t len;
	int ret = 1;

	reader_init(&r, item->buf, item->len);
	name = reader_str(&r);
	len = (size_t)(r.end - r.p);
	if (r.bad || kind < OWN_MADE || kind > OWN_HEADER ||
	    (kind == OWN_HEADER && !is_inside(name)))
		goto cleanup;
	if (!import->dir && begin_tree(import)) {
		ret = -1;
		goto cleanup;
	}
	if (kind == OWN_HEADER) {
		import->hash = XXH3_64bits_withSeed(item->buf, item->len,
						    import->hash);
		path = path_join("out", name);
		ret = put_below(import, path, r.p, len);
		free(path);
	} else {
		ret = put_below(import, kind == OWN_MADE ? "made" : "commands",
				r.p, len);
	}
cleanup:
	free(name);
	return ret;
}

static off_t size_of(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stat st;
	off_t size = stat(path, &st) ? 0 : st.st_size;

	free(path);
	return size;
}

/* There is one with these headers. */
static int take_commands(const struct own_import *import, const char *there)
{
	char *from = path_join(import->dir, "commands");
	char *to = path_join(there, "commands");
	int ret = 0;

	if (size_of(import->dir, "commands") > size_of(there, "commands"))
		ret = newfile_copy(to, from);
	free(from);
	free(to);
	return ret;
}

int own_import_end(struct own_import *import, bool good)
{
	char *there;
	int ret = 0;

	if (!import->dir)
		goto cleanup;
	there = xstrfmt("%s/objtree/imported-%016" PRIx64, import->cache,
			import->hash);
	if (good && path_is_dir(there)) {
		ret = take_commands(import, there);
	} else if (good) {
		/* A tree without generated headers has a folder, too. */
		char *out = path_join(import->dir, "out");

		ret = path_mkdirs(out) ? error_errno("cannot write %s", out) : 0;
		if (!ret)
			ret = put_below(import, OWN_IMPORTED, "", 0);
		/* Its time says when the tree was used. */
		if (!ret)
			ret = put_below(import, "lock", "", 0);
		free(out);
		if (!ret && rename(import->dir, there) && !path_is_dir(there))
			ret = error_errno("cannot write %s", there);
	}
	free(there);
	if (tempfile_remove(import->dir))
		ret = error_errno("cannot remove %s", import->dir);
	free(import->dir);
	import->dir = NULL;
cleanup:
	free(import->cache);
	import->cache = NULL;
	return ret;
}

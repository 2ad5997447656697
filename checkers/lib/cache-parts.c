// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists what is in the cache folder by size and last use, for those who show
 * it, and drops what was used longest ago.
 */
#include "lib/cache-parts.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

/*
 * In which folder parts are, how the name of one ends, which file in or beside
 * it says when it was used, and which files belong to it.
 */
static const struct {
	enum cache_kind kind;
	const char *folder, *end, *used;
	const char *others[4];
} kinds[] = {
	{ CACHE_FACTS, ".", ".sqlite", "", { "-wal", "-shm" } },
	{ CACHE_OBJTREE, "objtree", "", "/lock", { NULL } },
	{ CACHE_PCH, "pch", ".pch", ".info", { ".info", ".plain" } },
	{ CACHE_INDEX, "lexicon", "", "", { NULL } },
	{ CACHE_INDEX, "attr-names", "", "", { NULL } },
};

static uint64_t counted;

static int count_file(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)path;
	(void)type;
	(void)ftw;
	counted += (uint64_t)st->st_blocks * 512;
	return 0;
}

static uint64_t bytes_of(const char *path)
{
	counted = 0;
	nftw(path, count_file, 16, FTW_PHYS);
	return counted;
}

static void add_part(struct cache_parts *parts, size_t k, const char *folder,
		     const char *name)
{
	struct cache_part *part;
	struct stat st;
	char *path;
	size_t i;

	ALLOC_GROW(parts->list, parts->nr + 1, parts->alloc);
	part = &parts->list[parts->nr++];
	part->kind = kinds[k].kind;
	part->path = path_join(folder, name);
	part->bytes = bytes_of(part->path);
	for (i = 0; kinds[k].others[i]; i++) {
		path = xstrfmt("%s%s", part->path, kinds[k].others[i]);
		part->bytes += bytes_of(path);
		free(path);
	}
	path = xstrfmt("%s%s", part->path, kinds[k].used);
	part->used = stat(path, &st) ? 0 : st.st_mtime;
	free(path);
	parts->bytes += part->bytes;
}

static int by_use(const void *a, const void *b)
{
	const struct cache_part *x = a, *y = b;

	if (x->used != y->used)
		return x->used < y->used ? 1 : -1;
	return strcmp(x->path, y->path);
}

void cache_parts_read(struct cache_parts *parts, const char *dir)
{
	size_t k;

	for (k = 0; k < ARRAY_SIZE(kinds); k++) {
		char *folder = strcmp(kinds[k].folder, ".") ?
			path_join(dir, kinds[k].folder) : xstrdup(dir);
		DIR *stream = opendir(folder);
		struct dirent *d;

		while (stream && (d = readdir(stream)))
			if (*d->d_name != '.' &&
			    ends_with(d->d_name, kinds[k].end))
				add_part(parts, k, folder, d->d_name);
		if (stream)
			closedir(stream);
		free(folder);
	}
	if (parts->nr)
		qsort(parts->list, parts->nr, sizeof(*parts->list), by_use);
}

static bool drop(const struct cache_part *part)
{
	bool good = !path_remove_tree(part->path);
	size_t k, i;

	for (k = 0; kinds[k].kind != part->kind; k++)
		;
	for (i = 0; kinds[k].others[i]; i++) {
		char *path = xstrfmt("%s%s", part->path, kinds[k].others[i]);

		unlink(path);
		free(path);
	}
	if (!good)
		error_errno("cannot remove %s", part->path);
	return good;
}

uint64_t cache_parts_drop(struct cache_parts *parts, time_t oldest,
			  uint64_t limit)
{
	uint64_t dropped = 0;

	while (parts->nr) {
		struct cache_part *part = &parts->list[parts->nr - 1];

		if (part->used >= oldest && parts->bytes <= limit)
			break;
		if (!drop(part))
			break;
		verbose("%s is dropped", part->path);
		dropped += part->bytes;
		parts->bytes -= part->bytes;
		free(part->path);
		parts->nr--;
	}
	return dropped;
}

void cache_parts_release(struct cache_parts *parts)
{
	size_t i;

	for (i = 0; i < parts->nr; i++)
		free(parts->list[i].path);
	free(parts->list);
	*parts = (struct cache_parts)CACHE_PARTS_INIT;
}

void cache_limit(const char *dir)
{
	struct cache_parts parts = CACHE_PARTS_INIT;
	uint64_t dropped;

	cache_parts_read(&parts, dir);
	dropped = cache_parts_drop(&parts, 0, CACHE_LIMIT);
	if (dropped)
		note("the cache %s held more than %u MB: %u MB that were used longest ago are dropped",
		     dir, (unsigned int)(CACHE_LIMIT >> 20),
		     (unsigned int)(dropped >> 20));
	cache_parts_release(&parts);
}

void cache_note_use(const char *path)
{
	utimensat(AT_FDCWD, path, NULL, 0);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Divides the files of a round among the parts: the largest file first, each to the
 * part that has least so far; for read.c.
 */
#include "analysis/share.h"

#include "lib/alloc.h"
#include "tree/lexicon.h"

/* Bytes of source: headers take most of the time, whatever the file's own size. */
#define HEADERS 65536

struct sized {
	const char *file;
	uint64_t size;
};

static uint64_t size_of(const struct lexicon *lexicon, const char *file)
{
	size_t low = 0, high = lexicon->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct walk_file *f = lexicon->files[middle].file;
		int order = strcmp(f->path, file);

		if (!order)
			return f->stamp.size;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

static int by_size(const void *va, const void *vb)
{
	const struct sized *a = va, *b = vb;

	if (a->size != b->size)
		return a->size < b->size ? 1 : -1;
	return strcmp(a->file, b->file);
}

void share_files(const struct share *share, const struct lexicon *lexicon,
		 const char *const *files, size_t nr, struct intern_pool *own)
{
	struct sized *list = xcalloc(nr, sizeof(*list));
	uint64_t *loads = xcalloc(share->parts, sizeof(*loads));
	unsigned int part, least;
	size_t i;

	for (i = 0; i < nr; i++)
		list[i] = (struct sized){
			files[i], HEADERS + size_of(lexicon, files[i]),
		};
	if (nr)
		qsort(list, nr, sizeof(*list), by_size);
	for (i = 0; i < nr && share->parts; i++) {
		for (least = 0, part = 1; part < share->parts; part++)
			if (loads[part] < loads[least])
				least = part;
		loads[least] += list[i].size;
		if (least + 1 == share->part)
			intern(own, list[i].file);
	}
	free(loads);
	free(list);
}

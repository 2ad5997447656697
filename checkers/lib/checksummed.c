// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text files with their kind on top and a checksum at the end, for the records
 * that compile/ keeps beside an output tree.
 */
#include "lib/checksummed.h"

#include <inttypes.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/tempfile.h"

#define TRAILER	"sealed "

static char *first_line(const char *kind)
{
	return xstrfmt("dmacheck %s\n", kind);
}

static char *last_line(const char *first, const char *text, size_t len)
{
	XXH64_hash_t hash = XXH3_64bits_withSeed(text, len,
				XXH3_64bits(first, strlen(first)));

	return xstrfmt(TRAILER "%016" PRIx64 "\n", (uint64_t)hash);
}

char *checksummed_read(const char *path, const char *kind)
{
	char *all, *first = first_line(kind), *last = NULL, *text = NULL;
	size_t len, head = strlen(first), tail;

	all = path_read(path, &len);
	if (!all || len < head || memcmp(all, first, head))
		goto cleanup;
	tail = strlen(TRAILER) + 16 + 1;
	if (len < head + tail)
		goto cleanup;
	len -= head + tail;
	last = last_line(first, all + head, len);
	if (memcmp(last, all + head + len, tail) || strlen(last) != tail)
		goto cleanup;
	memmove(all, all + head, len);
	all[len] = '\0';
	text = all;
	all = NULL;
cleanup:
	free(all);
	free(first);
	free(last);
	return text;
}

int checksummed_write(const char *path, const char *kind, const char *text)
{
	char *first = first_line(kind);
	char *last = last_line(first, text, strlen(text));
	struct newfile file;
	int ret = -1;

	if (newfile_open(&file, path))
		goto cleanup;
	fputs(first, file.stream);
	fputs(text, file.stream);
	fputs(last, file.stream);
	ret = newfile_commit(&file);
cleanup:
	free(first);
	free(last);
	return ret;
}

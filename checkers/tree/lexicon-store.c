// SPDX-License-Identifier: GPL-2.0-only
/* Writes the lexicon to a file in the cache, and maps it; for lexicon.c. */
#include "tree/lexicon.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/tempfile.h"
#include "tree/module.h"

/* Increment it with each change of the layout or of what the lexer finds. */
#define MAGIC UINT64_C(0x646d616c65780001)

struct saved_header {
	uint64_t magic, version;
	uint64_t checksum;	/* over all that follows it */
	uint64_t nr_files, path_bytes, nr_words;
};

struct saved_file {
	struct file_stamp stamp;
	uint32_t nr_words;
	uint32_t left_out;
};

/* The parts of a saved lexicon: files, their paths, their words. */
struct saved {
	struct saved_header header;
	const struct saved_file *files;
	const lexer_word *words;
	const char *paths;
};

char *lexicon_path(const struct lexicon_kind *kind, const struct tree *tree,
		   const char *cache)
{
	uint64_t hash = XXH3_64bits(tree->root, strlen(tree->root));

	return xstrfmt("%s/%s/%s-%s-%016" PRIx64, cache, kind->name,
		       path_basename(tree->root), tree->arch, hash);
}

/*
 * The whole file, mapped; NULL if it is not valid. The file is never written in
 * place, only replaced.
 */
static char *map_whole(const char *path, uint64_t version, size_t *len)
{
	int fd = path_open_at(AT_FDCWD, path, SIZE_MAX, len);
	const struct saved_header *header;
	char *data = MAP_FAILED;

	if (fd < 0)
		return NULL;
	if (*len >= sizeof(*header))
		data = mmap(NULL, *len, PROT_READ, MAP_PRIVATE | MAP_POPULATE,
			    fd, 0);
	close(fd);
	if (data == MAP_FAILED)
		return NULL;
	header = (const void *)data;
	if (header->magic == MAGIC && header->version == version)
		return data;
	munmap(data, *len);
	return NULL;
}

static uint64_t checksum(const char *data, size_t len)
{
	size_t skip = offsetof(struct saved_header, nr_files);

	return XXH3_64bits(data + skip, len - skip);
}

static bool find_parts(struct saved *saved, const char *data, size_t len)
{
	struct saved_header *h = &saved->header;
	size_t rest = len - sizeof(*h);

	memcpy(h, data, sizeof(*h));
	if (h->nr_files > rest / sizeof(*saved->files))
		return false;
	rest -= h->nr_files * sizeof(*saved->files);
	if (h->nr_words > rest / sizeof(*saved->words))
		return false;
	rest -= h->nr_words * sizeof(*saved->words);
	if (h->path_bytes != rest || h->checksum != checksum(data, len))
		return false;
	saved->files = (const void *)(data + sizeof(*h));
	saved->words = (const void *)(saved->files + h->nr_files);
	saved->paths = (const char *)(saved->words + h->nr_words);
	return true;
}

/* Merge both lists, which are sorted by path; false if the file is not valid. */
static bool take_saved(struct lexicon *lexicon, const struct saved *saved,
		       size_t *unused)
{
	const char *path = saved->paths, *end = path +
		saved->header.path_bytes;
	uint64_t word = 0;
	size_t at = 0, i;

	*unused = 0;
	for (i = 0; i < saved->header.nr_files; i++) {
		const struct saved_file *s = &saved->files[i];
		const char *nul = memchr(path, '\0', (size_t)(end - path));
		int order = -1;

		if (!nul || s->nr_words > saved->header.nr_words - word)
			return false;
		while (at < lexicon->nr &&
		       (order = strcmp(lexicon->files[at].file->path,
				       path)) < 0)
			at++;
		if (at < lexicon->nr && !order &&
		    stamp_equal(&lexicon->files[at].file->stamp, &s->stamp)) {
			lexicon->files[at].words = saved->words + word;
			lexicon->files[at].nr_words = s->nr_words;
			lexicon->files[at].left_out = s->left_out;
		} else {
			(*unused)++;
		}
		word += s->nr_words;
		path = nul + 1;
	}
	return true;
}

static void take_none(struct lexicon *lexicon)
{
	size_t i;

	for (i = 0; i < lexicon->nr; i++) {
		lexicon->files[i].words = NULL;
		lexicon->files[i].nr_words = 0;
		lexicon->files[i].left_out = false;
	}
}

size_t lexicon_read(struct lexicon *lexicon, const struct lexicon_kind *kind,
		    const char *path)
{
	struct saved saved;
	size_t len, unused;
	char *data = map_whole(path, kind->version, &len);

	if (!data)
		return SIZE_MAX;
	if (!find_parts(&saved, data, len)) {
		munmap(data, len);
		return SIZE_MAX;
	}
	if (!take_saved(lexicon, &saved, &unused)) {
		take_none(lexicon);
		munmap(data, len);
		return SIZE_MAX;
	}
	lexicon->saved = data;
	lexicon->saved_len = len;
	return unused;
}

/* --- write --- */

/* A file that changed just now may change again with the same stamp. */
static bool is_kept(const struct tree *tree, const struct lexicon_file *f)
{
	return f->words && f->file->settled && !f->file->failed &&
	       !module_has(tree, f->file->path);
}

static void write_hashed(FILE *out, XXH3_state_t *hash, const void *data, size_t len)
{
	if (len)
		fwrite(data, 1, len, out);
	if (len)
		XXH3_64bits_update(hash, data, len);
}

static void write_parts(const struct lexicon *lexicon,
			const struct tree *tree, FILE *out,
			XXH3_state_t *hash)
{
	size_t i;

	for (i = 0; i < lexicon->nr; i++) {
		const struct lexicon_file *f = &lexicon->files[i];
		struct saved_file s = {
			.stamp = f->file->stamp,
			.nr_words = f->nr_words,
			.left_out = f->left_out,
		};

		if (is_kept(tree, f))
			write_hashed(out, hash, &s, sizeof(s));
	}
	for (i = 0; i < lexicon->nr; i++)
		if (is_kept(tree, &lexicon->files[i]))
			write_hashed(out, hash, lexicon->files[i].words,
				     lexicon->files[i].nr_words * sizeof(lexer_word));
	for (i = 0; i < lexicon->nr; i++)
		if (is_kept(tree, &lexicon->files[i]))
			write_hashed(out, hash, lexicon->files[i].file->path,
				     strlen(lexicon->files[i].file->path) + 1);
}

int lexicon_write(const struct lexicon *lexicon,
		  const struct lexicon_kind *kind, const struct tree *tree,
		  const char *path)
{
	struct saved_header header = {
		.magic = MAGIC, .version = kind->version,
	};
	size_t skip = offsetof(struct saved_header, nr_files), i;
	XXH3_state_t *hash = XXH3_createState();
	char *dir = path_dirname(path);
	struct newfile file;
	int ret = -1;

	for (i = 0; i < lexicon->nr; i++) {
		const struct lexicon_file *f = &lexicon->files[i];

		if (!is_kept(tree, f))
			continue;
		header.nr_files++;
		header.nr_words += f->nr_words;
		header.path_bytes += strlen(f->file->path) + 1;
	}
	if (!hash || path_mkdirs(dir) || newfile_open(&file, path))
		goto cleanup;
	XXH3_64bits_reset(hash);
	fwrite(&header, sizeof(header), 1, file.stream);
	XXH3_64bits_update(hash, (const char *)&header + skip,
			   sizeof(header) - skip);
	write_parts(lexicon, tree, file.stream, hash);
	header.checksum = XXH3_64bits_digest(hash);
	rewind(file.stream);
	fwrite(&header, sizeof(header), 1, file.stream);
	ret = newfile_commit(&file);
cleanup:
	XXH3_freeState(hash);
	free(dir);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records time, size and hash of the files that an output tree was made from, and
 * finds out whether one has changed.
 */
#include "tree/stamps.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/path.h"

#define NOT_THERE	UINT64_MAX

/* The time and size only. */
static struct stamp stamp_of(const char *path)
{
	struct stamp s = { 0, NOT_THERE, 0 };
	struct stat st;

	if (!stat(path, &st) && S_ISREG(st.st_mode)) {
		s.mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 +
			st.st_mtim.tv_nsec;
		s.size = (uint64_t)st.st_size;
	}
	return s;
}

static uint64_t hash_of(const char *path)
{
	size_t len;
	char *text = path_read(path, &len);
	uint64_t hash = text ? XXH3_64bits(text, len) : 0;

	free(text);
	return hash;
}

static void put_stamp(struct stamps *stamps, const char *path, struct stamp s)
{
	uint32_t id = intern(&stamps->paths, path);

	ALLOC_GROW(stamps->list, id + 1, stamps->alloc);
	stamps->list[id] = s;
}

void stamps_add(struct stamps *stamps, const char *root, const char *path)
{
	struct stamp s;
	char *full;

	if (intern_find(&stamps->paths, path) != INTERN_NONE)
		return;
	full = path_join(root, path);
	s = stamp_of(full);
	s.hash = hash_of(full);
	put_stamp(stamps, path, s);
	free(full);
}

bool stamps_changed(struct stamps *stamps, const char *root, uint32_t i)
{
	char *full = path_join(root, intern_str(&stamps->paths, i));
	struct stamp *then = &stamps->list[i], now = stamp_of(full);
	bool changed = now.size != then->size;

	if (!changed && now.mtime != then->mtime) {
		changed = hash_of(full) != then->hash;
		if (!changed) {
			then->mtime = now.mtime;
			stamps->touched = true;
		}
	}
	free(full);
	return changed;
}

const char *stamps_any_changed(struct stamps *stamps, const char *root)
{
	uint32_t i;

	for (i = 0; i < stamps->paths.nr; i++)
		if (stamps_changed(stamps, root, i))
			return intern_str(&stamps->paths, i);
	return NULL;
}

void stamps_write(const struct stamps *stamps, struct strbuf *out)
{
	uint32_t i;

	for (i = 0; i < stamps->paths.nr; i++) {
		const struct stamp *s = &stamps->list[i];

		strbuf_addf(out,
			    "stamp %" PRId64 " %" PRIu64 " %" PRIx64 " %s\n",
			    s->mtime, s->size, s->hash,
			    intern_str(&stamps->paths, i));
	}
}

bool stamps_read(struct stamps *stamps, const char *line)
{
	struct stamp s;
	int used = 0;

	if (sscanf(line, "%" SCNd64 " %" SCNu64 " %" SCNx64 " %n",
		   &s.mtime, &s.size, &s.hash, &used) != 3 || !used ||
	    !line[used])
		return false;
	put_stamp(stamps, line + used, s);
	return true;
}

void stamps_release(struct stamps *stamps)
{
	intern_release(&stamps->paths);
	free(stamps->list);
	*stamps = (struct stamps)STAMPS_INIT;
}

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_CACHE_PARTS_H
#define LIB_CACHE_PARTS_H
#include "lib/compat.h"

#include <time.h>
/*
 * What the cache folder holds, in parts that can be dropped one by one: each of
 * them is made again when it is needed.
 */
enum cache_kind { CACHE_FACTS, CACHE_OBJTREE, CACHE_PCH, CACHE_INDEX };

struct cache_part {
	enum cache_kind kind;
	char *path;		/* a folder, or the file that others go with */
	uint64_t bytes;		/* with those others */
	time_t used;		/* the last time */
};

struct cache_parts {
	struct cache_part *list;	/* what was used last comes first */
	size_t nr, alloc;
	uint64_t bytes;			/* of all */
};
#define CACHE_PARTS_INIT { NULL, 0, 0, 0 }

/* Parts of more than this are not kept; those used longest ago go. */
#define CACHE_LIMIT	(UINT64_C(2) << 30)

/* What the folder `dir` holds. `parts` is empty before. */
void cache_parts_read(struct cache_parts *parts, const char *dir);

/*
 * Drop what was not used since `oldest`, and then, from what was used longest
 * ago on, until no more than `limit` bytes are left. Returns the bytes that
 * were dropped; parts->list is what is left.
 */
uint64_t cache_parts_drop(struct cache_parts *parts, time_t oldest,
			  uint64_t limit);

void cache_parts_release(struct cache_parts *parts);

/* Keep the folder `dir` below CACHE_LIMIT, with a note() if something goes. */
void cache_limit(const char *dir);

/* A part is used now: `path` is the file whose time says so. */
void cache_note_use(const char *path);

#endif

// SPDX-License-Identifier: GPL-2.0-only
#include "lib/intern.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* uthash's own function shows in the profile; this one hardly does. */
#define HASH_FUNCTION(key, len, hash) \
	((hash) = (unsigned int)XXH3_64bits((key), (len)))
#include <uthash.h>

#include "lib/alloc.h"
#include "lib/diag.h"

struct intern_entry {
	UT_hash_handle hh;
	uint32_t id;
	char name[];
};

/* Room for many entries: there are millions, which all go at once. */
struct intern_chunk {
	struct intern_chunk *next;
	size_t used, size;
	_Alignas(struct intern_entry) char room[];
};

#define FIRST_CHUNK	512
#define LAST_CHUNK	65536

static void *make_room(struct intern_pool *pool, size_t len)
{
	struct intern_chunk *c = pool->chunks;
	size_t align = _Alignof(struct intern_entry);
	void *room;

	len = (len + align - 1) / align * align;
	if (!c || c->size - c->used < len) {
		size_t size = c ? c->size * 2 : FIRST_CHUNK;

		if (size > LAST_CHUNK)
			size = LAST_CHUNK;
		if (size < len)
			size = len;
		c = xmalloc(sizeof(*c) + size);
		c->next = pool->chunks;
		c->used = 0;
		c->size = size;
		pool->chunks = c;
	}
	room = c->room + c->used;
	c->used += len;
	return room;
}

uint32_t intern_mem(struct intern_pool *pool, const char *s, size_t len)
{
	struct intern_entry *e;

	HASH_FIND(hh, pool->by_name, s, len, e);
	if (e)
		return e->id;
	e = make_room(pool, sizeof(*e) + len + 1);
	memcpy(e->name, s, len);
	e->name[len] = '\0';
	e->id = pool->nr;
	HASH_ADD_KEYPTR(hh, pool->by_name, e->name, len, e);
	ALLOC_GROW(pool->by_id, pool->nr + 1, pool->alloc);
	pool->by_id[pool->nr++] = e;
	return e->id;
}

uint32_t intern(struct intern_pool *pool, const char *s)
{
	return intern_mem(pool, s, strlen(s));
}

uint32_t intern_find(const struct intern_pool *pool, const char *s)
{
	struct intern_entry *e;

	HASH_FIND(hh, pool->by_name, s, strlen(s), e);
	return e ? e->id : INTERN_NONE;
}

const char *intern_str(const struct intern_pool *pool, uint32_t id)
{
	if (id >= pool->nr)
		BUG("no string has number %u", id);
	return pool->by_id[id]->name;
}

void intern_release(struct intern_pool *pool)
{
	struct intern_chunk *c, *next;

	HASH_CLEAR(hh, pool->by_name);
	for (c = pool->chunks; c; c = next) {
		next = c->next;
		free(c);
	}
	free(pool->by_id);
	*pool = (struct intern_pool)INTERN_POOL_INIT;
}

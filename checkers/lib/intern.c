// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings as numbers: a table of pointers by number, and an open hash table of
 * numbers by string. There are millions of them, so each costs what it must.
 */
#include "lib/intern.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/diag.h"

/* A number and the hash of its string; `id` 0 is an empty slot. */
struct intern_slot {
	uint32_t hash, id;	/* the number + 1 */
};

/* Room for many strings: they all go at once. */
struct intern_chunk {
	struct intern_chunk *next;
	size_t used, size;
	char *room;
};

#define FIRST_SLOTS	16
#define FIRST_CHUNK	512
#define LAST_CHUNK	65536

static uint32_t hash_of(const char *s, size_t len)
{
	return (uint32_t)XXH3_64bits(s, len);
}

/* --- room for strings --- */

static char *add_chunk(struct intern_pool *pool, char *room, size_t size)
{
	struct intern_chunk *c = xmalloc(sizeof(*c));

	c->next = pool->chunks;
	c->used = 0;
	c->size = size;
	c->room = room ? room : xmalloc(size);
	pool->chunks = c;
	return c->room;
}

static char *intern_room(struct intern_pool *pool, size_t len)
{
	struct intern_chunk *c = pool->chunks;
	char *room;

	if (!c || c->size - c->used < len) {
		size_t size = c ? c->size * 2 : FIRST_CHUNK;

		if (size > LAST_CHUNK)
			size = LAST_CHUNK;
		add_chunk(pool, NULL, size < len ? len : size);
		c = pool->chunks;
	}
	room = c->room + c->used;
	c->used += len;
	return room;
}

/* --- the hash table --- */

/* The slot of the string, or the empty one where it belongs. */
static struct intern_slot *find_slot(const struct intern_pool *pool,
				     const char *s, size_t len, uint32_t hash)
{
	uint32_t i = hash & pool->mask;

	while (pool->slots[i].id) {
		const struct intern_slot *slot = &pool->slots[i];

		if (slot->hash == hash) {
			const char *other = pool->by_id[slot->id - 1];

			if (!strncmp(other, s, len) && !other[len])
				break;
		}
		i = (i + 1) & pool->mask;
	}
	return &pool->slots[i];
}

static void put_slot(struct intern_pool *pool, uint32_t hash, uint32_t id)
{
	uint32_t i = hash & pool->mask;

	while (pool->slots[i].id)
		i = (i + 1) & pool->mask;
	pool->slots[i] = (struct intern_slot){ hash, id };
}

/* Slots for `nr` strings, at most three of four in use. */
static void make_slots(struct intern_pool *pool, uint32_t nr)
{
	struct intern_slot *old = pool->slots;
	uint32_t slots = old ? pool->mask + 1 : FIRST_SLOTS, i;
	uint32_t nr_old = old ? pool->mask + 1 : 0;

	while (nr > slots / 4 * 3)
		slots *= 2;
	pool->slots = xcalloc(slots, sizeof(*pool->slots));
	pool->mask = slots - 1;
	for (i = 0; i < nr_old; i++)
		if (old[i].id)
			put_slot(pool, old[i].hash, old[i].id);
	for (i = 0; !old && i < pool->nr; i++) {
		const char *s = pool->by_id[i];

		put_slot(pool, hash_of(s, strlen(s)), i + 1);
	}
	free(old);
}

/* --- the pool --- */

uint32_t intern_mem(struct intern_pool *pool, const char *s, size_t len)
{
	uint32_t hash = hash_of(s, len);
	struct intern_slot *slot;
	char *copy;

	if (!pool->slots || pool->nr + 1 > (pool->mask + 1) / 4 * 3)
		make_slots(pool, pool->nr + 1);
	slot = find_slot(pool, s, len, hash);
	if (slot->id)
		return slot->id - 1;
	copy = intern_room(pool, len + 1);
	memcpy(copy, s, len);
	copy[len] = '\0';
	ALLOC_GROW(pool->by_id, pool->nr + 1, pool->alloc);
	pool->by_id[pool->nr++] = copy;
	*slot = (struct intern_slot){ hash, pool->nr };
	return pool->nr - 1;
}

uint32_t intern(struct intern_pool *pool, const char *s)
{
	return intern_mem(pool, s, strlen(s));
}

int intern_adopt(struct intern_pool *pool, char *text, size_t len, uint32_t nr)
{
	const char *p = text, *end = text + len;
	uint32_t i;

	*pool = (struct intern_pool)INTERN_POOL_INIT;
	add_chunk(pool, text, len);
	pool->chunks->used = len;
	/* Each takes a byte at least. */
	if (nr > len)
		return -1;
	pool->by_id = xmalloc((nr ? nr : 1) * sizeof(*pool->by_id));
	pool->alloc = nr;
	for (i = 0; i < nr && p < end; i++) {
		const char *nul = memchr(p, '\0', (size_t)(end - p));

		if (!nul)
			break;
		pool->by_id[pool->nr++] = p;
		p = nul + 1;
	}
	return i == nr && p == end ? 0 : -1;
}

uint32_t intern_find(const struct intern_pool *pool, const char *s)
{
	size_t len = strlen(s);
	uint32_t id;

	if (!pool->nr)
		return INTERN_NONE;
	/* Of many that are adopted nobody ever asks this. */
	if (!pool->slots)
		make_slots((struct intern_pool *)pool, pool->nr);
	id = find_slot(pool, s, len, hash_of(s, len))->id;
	return id ? id - 1 : INTERN_NONE;
}

const char *intern_str(const struct intern_pool *pool, uint32_t id)
{
	if (id >= pool->nr)
		BUG("no string has number %u", id);
	return pool->by_id[id];
}

void intern_release(struct intern_pool *pool)
{
	struct intern_chunk *c, *next;

	for (c = pool->chunks; c; c = next) {
		next = c->next;
		free(c->room);
		free(c);
	}
	free(pool->slots);
	free(pool->by_id);
	*pool = (struct intern_pool)INTERN_POOL_INIT;
}

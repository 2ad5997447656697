/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_INTERN_H
#define LIB_INTERN_H
#include "lib/compat.h"
/*
 * A pool that keeps each string once and gives it a number, in order of first
 * use from 0. INTERN_POOL_INIT (all zero) is an empty pool.
 */
struct intern_chunk;
struct intern_slot;
struct intern_pool {
	const char **by_id;
	struct intern_slot *slots;	/* NULL until a string is looked for */
	uint32_t nr, alloc, mask;
	struct intern_chunk *chunks;	/* where the strings are */
};
#define INTERN_POOL_INIT { NULL, NULL, 0, 0, 0, NULL }
#define INTERN_NONE UINT32_MAX

/* The number of `s`; a new one, with a copy of `s`, if it has none yet. */
uint32_t intern(struct intern_pool *pool, const char *s);

/* As intern() for the `len` bytes at `s`, which must not hold a NUL. */
uint32_t intern_mem(struct intern_pool *pool, const char *s, size_t len);

/*
 * Fill the empty pool with the `nr` strings in the `len` bytes at `text`, a NUL
 * behind each, in order; no string is there twice. `text` came from malloc(3)
 * and is the pool's from now on. 0, or -1 if that is not what is there.
 */
int intern_adopt(struct intern_pool *pool, char *text, size_t len, uint32_t nr);

/* The number of `s`, or INTERN_NONE. The pool stays as it is. */
uint32_t intern_find(const struct intern_pool *pool, const char *s);

/* Whether `s` has a number. */
static inline bool intern_has(const struct intern_pool *pool, const char *s)
{
	return intern_find(pool, s) != INTERN_NONE;
}

/*
 * The string with number `id`, which intern() gave out: it is a BUG if not.
 * The pool owns it; it lives until intern_release().
 */
const char *intern_str(const struct intern_pool *pool, uint32_t id);

/* Free everything; the pool is empty and usable again. */
void intern_release(struct intern_pool *pool);

#endif

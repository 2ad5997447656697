/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_ALLOC_H
#define LIB_ALLOC_H
#include "lib/compat.h"

#include <stdarg.h>
/*
 * Memory that is always there: each of these dies with a message instead of
 * returning NULL. The caller owns what is returned and gives it to free(3).
 */
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *ptr, size_t size);
char *xstrdup(const char *s);
/* As strndup(3): up to `len` bytes, or to a NUL before that. */
char *xstrndup(const char *s, size_t len);

/* asprintf(3), vasprintf(3) that return the string. */
char *xstrfmt(const char *fmt, ...) printf_like(1, 2);
char *xvstrfmt(const char *fmt, va_list args) printf_like(1, 0);

/*
 * Make room for element number `nr` in the array `ptr`, whose capacity is in
 * `alloc` (as in git: `nr` elements are in use afterwards at most).
 */
#define ALLOC_GROW(ptr, nr, alloc) do { \
	if ((size_t)(nr) > (size_t)(alloc)) { \
		size_t alloc_grow_n = ((size_t)(alloc) + 16) * 3 / 2; \
		if (alloc_grow_n < (size_t)(nr)) \
			alloc_grow_n = (size_t)(nr); \
		(ptr) = xrealloc((ptr), alloc_grow_n * sizeof(*(ptr))); \
		(alloc) = (__typeof__(alloc))alloc_grow_n; \
	} \
} while (0)

#endif

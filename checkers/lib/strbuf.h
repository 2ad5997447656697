/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_STRBUF_H
#define LIB_STRBUF_H
#include <stdarg.h>

#include "lib/compat.h"
/*
 * A string, or any bytes, that grows; git's strbuf is the model. What always
 * holds:
 *
 *  - `buf` is never NULL and buf[len] is '\0': it can be given to whatever
 *    takes a C string. An empty one may point to a static byte, so nobody but
 *    the functions below writes behind `len`.
 *  - The memory is the strbuf's. `buf` may move with every call that adds, so
 *    do not keep it across one; strbuf_detach() hands it over.
 *  - It starts as STRBUF_INIT (never as zeroed memory) and ends with
 *    strbuf_release() or strbuf_detach(), both of which leave a STRBUF_INIT.
 *
 * Out of memory is death, as with xmalloc().
 */
struct strbuf {
	char *buf;
	size_t len, alloc;	/* alloc is 0 if `buf` is the static byte */
};

extern char strbuf_nothing[1];
#define STRBUF_INIT { .buf = strbuf_nothing }

void strbuf_release(struct strbuf *sb);

/*
 * The string, which the caller frees (never NULL), and its length in *len if
 * `len` is not NULL.
 */
char *strbuf_detach(struct strbuf *sb, size_t *len);

/* Room for `more` bytes behind `len`, and the '\0'. */
void strbuf_grow(struct strbuf *sb, size_t more);

/* Cut it to `len` bytes, which is not more than it has. */
void strbuf_setlen(struct strbuf *sb, size_t len);
#define strbuf_reset(sb)	strbuf_setlen((sb), 0)

/* Add bytes, which may be NULL if there are none; they are not in `sb`. */
void strbuf_add(struct strbuf *sb, const void *data, size_t len);
void strbuf_addstr(struct strbuf *sb, const char *s);
void strbuf_addch(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) printf_like(2, 3);
void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list args)
	printf_like(2, 0);

/* Drop white space, or these characters, at the end. */
void strbuf_rtrim(struct strbuf *sb);
void strbuf_rtrim_of(struct strbuf *sb, const char *chars);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_BUFFER_H
#define LIB_BUFFER_H
#include "lib/compat.h"
#include "lib/strbuf.h"
/*
 * Numbers and strings as bytes in a strbuf, and a reader of such bytes: how
 * processes of dmacheck talk to each other, and what the store keeps. Numbers
 * are in the machine's byte order, since none of it leaves the machine.
 */
void buffer_u32(struct strbuf *sb, uint32_t n);
void buffer_u64(struct strbuf *sb, uint64_t n);
/* A string with its length; NULL is written as the empty string. */
void buffer_str(struct strbuf *sb, const char *s);

/* Write all of it to a pipe. 0, or -1 with errno. */
int buffer_write_all(int fd, const void *data, size_t len);

/*
 * Reads what buffer_*() wrote. Past the end everything reads as 0 or "" and
 * `bad` is set, to be asked once at the end.
 */
struct reader {
	const char *p, *end;
	bool bad;
};
void reader_init(struct reader *r, const void *data, size_t len);
/* The next `len` bytes, still the reader's; NULL if there are not as many. */
const void *reader_bytes(struct reader *r, size_t len);
uint32_t reader_u32(struct reader *r);
uint64_t reader_u64(struct reader *r);
/* The caller frees it. */
char *reader_str(struct reader *r);

#endif

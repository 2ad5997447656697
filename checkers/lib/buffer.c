// SPDX-License-Identifier: GPL-2.0-only
/* Numbers and strings as bytes and back, for pipes and the store. */
#include "lib/buffer.h"

#include <errno.h>
#include <unistd.h>

#include "lib/alloc.h"

void buffer_u32(struct strbuf *b, uint32_t n)
{
	strbuf_add(b, &n, sizeof(n));
}

void buffer_u64(struct strbuf *b, uint64_t n)
{
	strbuf_add(b, &n, sizeof(n));
}

void buffer_str(struct strbuf *b, const char *s)
{
	size_t len = s ? strlen(s) : 0;

	buffer_u32(b, (uint32_t)len);
	strbuf_add(b, s, len);
}

void reader_init(struct reader *r, const void *data, size_t len)
{
	r->p = data;
	r->end = r->p + len;
	r->bad = false;
}

const void *reader_bytes(struct reader *r, size_t len)
{
	const void *p = r->p;

	if (r->bad || (size_t)(r->end - r->p) < len) {
		r->bad = true;
		return NULL;
	}
	r->p += len;
	return p;
}

uint32_t reader_u32(struct reader *r)
{
	const void *p = reader_bytes(r, sizeof(uint32_t));
	uint32_t n = 0;

	if (p)
		memcpy(&n, p, sizeof(n));
	return n;
}

uint64_t reader_u64(struct reader *r)
{
	const void *p = reader_bytes(r, sizeof(uint64_t));
	uint64_t n = 0;

	if (p)
		memcpy(&n, p, sizeof(n));
	return n;
}

char *reader_str(struct reader *r)
{
	uint32_t len = reader_u32(r);
	const char *p = reader_bytes(r, len);

	return p ? xstrndup(p, len) : xstrdup("");
}

int buffer_write_all(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

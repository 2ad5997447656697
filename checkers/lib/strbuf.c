// SPDX-License-Identifier: GPL-2.0-only
/* Strings that grow, for everybody who puts a text together piece by piece. */
#include "lib/strbuf.h"

#include "lib/alloc.h"
#include "lib/diag.h"

char strbuf_nothing[1];

void strbuf_release(struct strbuf *sb)
{
	if (sb->alloc)
		free(sb->buf);
	*sb = (struct strbuf)STRBUF_INIT;
}

char *strbuf_detach(struct strbuf *sb, size_t *len)
{
	char *buf;

	strbuf_grow(sb, 0);
	buf = sb->buf;
	if (len)
		*len = sb->len;
	*sb = (struct strbuf)STRBUF_INIT;
	return buf;
}

void strbuf_grow(struct strbuf *sb, size_t more)
{
	bool first = !sb->alloc;

	if (more > SIZE_MAX / 4 || sb->len > SIZE_MAX / 4)
		die("out of memory (%zu bytes)", more);
	if (first)
		sb->buf = NULL;
	ALLOC_GROW(sb->buf, sb->len + more + 1, sb->alloc);
	if (first)
		sb->buf[0] = '\0';
}

void strbuf_setlen(struct strbuf *sb, size_t len)
{
	if (len > sb->len)
		BUG("a string of %zu bytes has no %zu", sb->len, len);
	sb->len = len;
	if (sb->alloc)
		sb->buf[len] = '\0';
}

void strbuf_add(struct strbuf *sb, const void *data, size_t len)
{
	if (!len)
		return;
	strbuf_grow(sb, len);
	memcpy(sb->buf + sb->len, data, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

void strbuf_addstr(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_addch(struct strbuf *sb, char c)
{
	strbuf_add(sb, &c, 1);
}

void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	strbuf_vaddf(sb, fmt, args);
	va_end(args);
}

void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		BUG("vsnprintf() does not take \"%s\"", fmt);
	strbuf_grow(sb, (size_t)len);
	vsnprintf(sb->buf + sb->len, (size_t)len + 1, fmt, args);
	sb->len += (size_t)len;
}

void strbuf_rtrim(struct strbuf *sb)
{
	strbuf_rtrim_of(sb, " \t\n\v\f\r");
}

void strbuf_rtrim_of(struct strbuf *sb, const char *chars)
{
	size_t len = sb->len;

	while (len && sb->buf[len - 1] && strchr(chars, sb->buf[len - 1]))
		len--;
	strbuf_setlen(sb, len);
}

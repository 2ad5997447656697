// SPDX-License-Identifier: GPL-2.0-only
/*
 * File names, source lines and messages as text of an HTML page: nothing in
 * them can be taken for markup, and all of it can be seen.
 */
#include "report/html.h"

#include <stdlib.h>

/* The code point at `s`, and its bytes in *nr; -1 if that is no UTF-8. */
static int32_t decode_utf8(const unsigned char *s, size_t len, size_t *nr)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c = s[0];
	size_t i;

	*nr = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	if (*nr == 1)
		return (int32_t)c;
	if (c < 0xc2 || c > 0xf4 || *nr > len)
		goto wrong;
	c &= 0x7fu >> *nr;
	for (i = 1; i < *nr; i++) {
		if ((s[i] & 0xc0) != 0x80)
			goto wrong;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c >= least[*nr] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff))
		return (int32_t)c;
wrong:
	*nr = 1;
	return -1;
}

/* Without a shape of its own, or one that moves other characters. */
static bool is_hidden(int32_t c)
{
	return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) ||
	       c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb) ||
	       (c & 0xfffe) == 0xfffe;
}

static const char *entity(int32_t c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

void html_text_mem(struct strbuf *out, const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t i, nr;

	for (i = 0; i < len; i += nr) {
		int32_t c = decode_utf8(s + i, len - i, &nr);
		const char *name = entity(c);

		if (name)
			strbuf_addstr(out, name);
		else if (c < 0)
			strbuf_addf(out, "\\x%02x", s[i]);
		else if (is_hidden(c))
			strbuf_addf(out, c < 0x80 ? "\\%03o" : "\\u%04x",
				    (unsigned int)c);
		else
			strbuf_add(out, text + i, nr);
	}
}

void html_text(struct strbuf *out, const char *text)
{
	html_text_mem(out, text, strlen(text));
}

void html_url(struct strbuf *out, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

	for (; *text; text++)
		if (strchr(plain, *text))
			strbuf_addch(out, *text);
		else
			strbuf_addf(out, "%%%02X", (unsigned char)*text);
}

size_t html_width(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t len = strlen(text), width = 0, i, nr;

	for (i = 0; i < len; i += nr) {
		int32_t c = decode_utf8(s + i, len - i, &nr);

		width += c < 0 || (c < 0x80 && is_hidden(c)) ? 4 :
			is_hidden(c) ? 6 : 1;
	}
	return width;
}

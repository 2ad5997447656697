// SPDX-License-Identifier: GPL-2.0-only
/*
 * Escapes characters of source files and names that a reader would not see; for
 * the text report and the HTML report.
 */
#include "report/visible.h"

#include <locale.h>
#include <wchar.h>

/* Whatever the user's locale is, the kernel's sources are UTF-8. */
static locale_t utf8_locale(void)
{
	static locale_t locale;

	if (!locale)
		locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return locale;
}

/* It has no width, or changes the direction of what follows. */
static bool is_invisible(wchar_t c)
{
	return c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
		(c >= 0x2028 && c <= 0x202e) ||
		(c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/* Decode a character; the number of its bytes, or 0 if it is not UTF-8. */
static size_t decode(const char *s, size_t len, wchar_t *c, int *width)
{
	locale_t locale = utf8_locale(), before = (locale_t)0;
	mbstate_t state = { 0 };
	size_t n;

	if (locale)
		before = uselocale(locale);
	n = mbrtowc(c, s, len, &state);
	*width = n && n <= len ? wcwidth(*c) : -1;
	if (locale)
		uselocale(before);
	return n <= len ? n : 0;
}

size_t visible_add(struct strbuf *out, const char *s, size_t len,
		   unsigned int *width)
{
	size_t n, before = out->len;
	wchar_t c = 0;
	int w;

	*width = 1;
	if (*s >= 0x20 && *s < 0x7f) {
		strbuf_addch(out, *s);
		return 1;
	}
	n = decode(s, len, &c, &w);
	if (w >= 0 && !is_invisible(c)) {
		strbuf_add(out, s, n);
		*width = (unsigned int)w;
		return n;
	}
	if (!n || c < 0x80)
		strbuf_addf(out, "\\%03o", (unsigned char)*s);
	else
		strbuf_addf(out, "<U+%04X>", (unsigned int)c);
	*width = (unsigned int)(out->len - before);
	return n ? n : 1;
}

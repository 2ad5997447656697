// SPDX-License-Identifier: GPL-2.0-only
/* Control characters of names and texts, escaped as git does, for all output. */
#include "lib/quote.h"

/*
 * How many bytes at `s` a terminal would obey rather than show: a control
 * character, one of C1 in UTF-8, or one that turns the direction of the text.
 */
static size_t control_length(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	if (*p < 0x20 || *p == 0x7f)
		return *p != 0;
	if (*p == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f)
		return 2;
	if (*p == 0xe2 && p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae)
		return 3;
	if (*p == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)
		return 3;
	return 0;
}

static void add_escaped(struct strbuf *out, char c)
{
	static const char letters[] = "\aa\bb\tt\nn\vv\ff\rr";
	const char *p = letters;

	while (*p && *p != c)
		p += 2;
	if (*p)
		strbuf_addf(out, "\\%c", p[1]);
	else
		strbuf_addf(out, "\\%03o", (unsigned char)c);
}

void quote_path(struct strbuf *out, const char *path)
{
	bool plain = true;
	const char *p;

	for (p = path; *p; p++)
		plain &= !control_length(p) && *p != '"' && *p != '\\';
	if (plain) {
		strbuf_addstr(out, path);
		return;
	}
	strbuf_addch(out, '"');
	for (p = path; *p;) {
		size_t n = control_length(p);

		if (!n && (*p == '"' || *p == '\\'))
			strbuf_addch(out, '\\');
		if (!n)
			strbuf_addch(out, *p++);
		for (; n; n--)
			add_escaped(out, *p++);
	}
	strbuf_addch(out, '"');
}

char *quoted_path(const char *path)
{
	struct strbuf out = STRBUF_INIT;

	quote_path(&out, path);
	return strbuf_detach(&out, NULL);
}

void quote_text(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t n = control_length(text);

		if (!n)
			strbuf_addch(out, *text++);
		for (; n; n--)
			add_escaped(out, *text++);
	}
}

static const char *escaped(const char *p, char *out)
{
	static const char from[] = "abtnvfr\"\\", to[] = "\a\b\t\n\v\f\r\"\\";
	const char *at = *p ? strchr(from, *p) : NULL;
	int i, value = 0;

	if (at) {
		*out = to[at - from];
		return p + 1;
	}
	for (i = 0; i < 3 && *p >= '0' && *p <= '7'; i++)
		value = value * 8 + (*p++ - '0');
	*out = (char)value;
	return i ? p : NULL;
}

char *unquote_path(const char *p, const char **end)
{
	struct strbuf name = STRBUF_INIT;

	for (p++; *p && *p != '\n' && *p != '"';) {
		char c = *p++;

		if (c == '\\') {
			p = escaped(p, &c);
			if (!p)
				break;
		}
		strbuf_addch(&name, c);
	}
	if (!p || *p != '"') {
		strbuf_release(&name);
		return NULL;
	}
	*end = p + 1;
	return strbuf_detach(&name, NULL);
}

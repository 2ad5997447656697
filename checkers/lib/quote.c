// SPDX-License-Identifier: GPL-2.0-only
/* Control characters of names and texts, escaped as git does, for all output. */
#include "lib/quote.h"

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
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
		plain &= !is_control(*p) && *p != '"' && *p != '\\';
	if (plain) {
		strbuf_addstr(out, path);
		return;
	}
	strbuf_addch(out, '"');
	for (p = path; *p; p++) {
		if (is_control(*p)) {
			add_escaped(out, *p);
			continue;
		}
		if (*p == '"' || *p == '\\')
			strbuf_addch(out, '\\');
		strbuf_addch(out, *p);
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
	for (; *text; text++)
		if (is_control(*text))
			add_escaped(out, *text);
		else
			strbuf_addch(out, *text);
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

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

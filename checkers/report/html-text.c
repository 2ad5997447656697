// SPDX-License-Identifier: GPL-2.0-only
/*
 * Escapes file names, source lines and messages for an HTML page, so that a
 * browser takes nothing in them for markup and a reader sees every character.
 */
#include "report/html.h"

#include "report/visible.h"

static void add_escaped(struct strbuf *out, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		switch (text[i]) {
		case '&': strbuf_addstr(out, "&amp;"); break;
		case '<': strbuf_addstr(out, "&lt;"); break;
		case '>': strbuf_addstr(out, "&gt;"); break;
		case '"': strbuf_addstr(out, "&quot;"); break;
		case '\'': strbuf_addstr(out, "&#39;"); break;
		default: strbuf_addch(out, text[i]);
		}
}

void html_text_mem(struct strbuf *out, const char *text, size_t len)
{
	struct strbuf shown = STRBUF_INIT;
	unsigned int width;
	size_t i;

	for (i = 0; i < len;)
		if (text[i] == '\t')
			strbuf_addch(&shown, text[i++]);
		else
			i += visible_add(&shown, text + i, len - i, &width);
	add_escaped(out, shown.buf, shown.len);
	strbuf_release(&shown);
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
	struct strbuf shown = STRBUF_INIT;
	size_t len = strlen(text), all = 0, i;
	unsigned int width;

	for (i = 0; i < len; all += width)
		i += visible_add(&shown, text + i, len - i, &width);
	strbuf_release(&shown);
	return all;
}

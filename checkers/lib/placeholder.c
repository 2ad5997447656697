// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes the paths of the source tree and the output tree out of texts that go
 * into the cache folder, and puts them in again.
 */
#include "lib/placeholder.h"

#include "lib/strbuf.h"

/* How long `path` is if `text` begins with it, whole; else 0. */
static size_t starts_with_path(const char *text, const char *path)
{
	size_t len = path ? strlen(path) : 0;

	if (len < 2 || strncmp(text, path, len))
		return 0;
	return !text[len] || strchr("/\"' :", text[len]) ? len : 0;
}

char *placeholder_hide(const char *text, const struct places *places)
{
	struct strbuf out = STRBUF_INIT;

	while (*text) {
		size_t s = *text == '/' ?
			starts_with_path(text, places->root) : 0;
		size_t o = *text == '/' ?
			starts_with_path(text, places->out) : 0;

		/* One may lie in the other. */
		if (s || o) {
			strbuf_addstr(&out, o > s ? "%O" : "%S");
			text += o > s ? o : s;
		} else {
			if (*text == '%')
				strbuf_addch(&out, '%');
			strbuf_addch(&out, *text++);
		}
	}
	return strbuf_detach(&out, NULL);
}

char *placeholder_show(const char *text, const struct places *places)
{
	struct strbuf out = STRBUF_INIT;

	for (; *text; text++) {
		if (*text == '%' && text[1]) {
			text++;
			if (*text == 'S')
				strbuf_addstr(&out, places->root);
			else if (*text == 'O' && places->out)
				strbuf_addstr(&out, places->out);
			else
				strbuf_addch(&out, *text);
		} else {
			strbuf_addch(&out, *text);
		}
	}
	return strbuf_detach(&out, NULL);
}

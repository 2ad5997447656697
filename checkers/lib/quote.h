/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_QUOTE_H
#define LIB_QUOTE_H
#include "lib/strbuf.h"
/*
 * Names and texts that are somebody else's, for a line of ours: what they hold
 * cannot end the line, nor speak to the terminal.
 */

/*
 * Add the name of a file as git writes it (with core.quotePath off): as it is,
 * or between quotes, with "\n" and "\033" for control characters, if it has a
 * control character, a quote or a backslash. Beyond git, C1 controls and characters
 * that turn the direction of text count as control characters.
 */
void quote_path(struct strbuf *out, const char *path);

/* The same as a string, which the caller frees. */
char *quoted_path(const char *path);

/*
 * The name between the quotes, the first of which is at `p`; *end is set behind the
 * second one. The caller frees it. NULL if it is none that git writes.
 */
char *unquote_path(const char *p, const char **end);

/* Add a text with such escapes for control characters, and no quotes. */
void quote_text(struct strbuf *out, const char *text);

#endif

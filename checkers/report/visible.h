/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_VISIBLE_H
#define REPORT_VISIBLE_H
#include "lib/compat.h"
#include "lib/strbuf.h"

/*
 * Add the first character of the `len` bytes (at least one) at `s`. Control
 * characters and bytes that are not UTF-8 are escaped as "\033", other characters
 * without a width, or that change the direction of text, as "<U+202E>". The locale
 * does not matter. Returns the number of bytes read; *width is the number of
 * columns on a screen.
 */
size_t visible_add(struct strbuf *out, const char *s, size_t len,
		   unsigned int *width);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_VISIBLE_H
#define REPORT_VISIBLE_H
#include "lib/compat.h"
#include "lib/strbuf.h"

/*
 * Add the character at `s`, of which `len` bytes (at least one) are there, so
 * that a reader sees it: control characters and bytes that are not UTF-8 as
 * "\033"; others that have no shape, or move their neighbours, as "<U+202E>".
 * Whatever the locale is. How many of the bytes it takes; the columns that it
 * takes on a screen in *width.
 */
size_t visible_add(struct strbuf *out, const char *s, size_t len,
		   unsigned int *width);

#endif
